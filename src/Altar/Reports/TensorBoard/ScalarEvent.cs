using System.Buffers.Binary;
using System.Text;

namespace Altar.Reports.TensorBoard;

/// <summary>Numbers of one step under their names, as TensorBoard's protobuf message Event.</summary>
/// <param name="Seconds">Since 1970, UTC.</param>
/// <param name="Step">The step; -1 in the message that names the version.</param>
/// <param name="Values">Name and number.</param>
/// <remarks>tensorflow/core/util/event.proto: wall_time = 1, step = 2, file_version = 3, summary = 5; Summary.value = 1; Value: tag = 1, simple_value = 2.</remarks>
internal sealed record ScalarEvent(double Seconds, long Step, IReadOnlyList<(string Name, float Value)> Values)
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    /// <summary>The first message of every file.</summary>
    public static byte[] Version(double seconds)
    {
        var message = new MemoryStream();
        WriteDouble(message, 1, seconds);
        WriteBytes(message, 3, "brain.Event:2"u8);
        return message.ToArray();
    }

    public byte[] Encode()
    {
        var summary = new MemoryStream();
        foreach (var (name, value) in Values)
        {
            var entry = new MemoryStream();
            WriteBytes(entry, 1, Encoding.UTF8.GetBytes(name));
            WriteFloat(entry, 2, value);
            WriteBytes(summary, 1, entry.ToArray());
        }

        var message = new MemoryStream();
        WriteDouble(message, 1, Seconds);
        WriteTag(message, 2, Varint);
        WriteVarint(message, (ulong)Step);
        WriteBytes(message, 5, summary.ToArray());
        return message.ToArray();
    }

    /// <summary>What a message holds; without a step it is step 0.</summary>
    /// <exception cref="InvalidDataException">The message is damaged.</exception>
    public static ScalarEvent Decode(ReadOnlySpan<byte> message)
    {
        double seconds = 0;
        long step = 0;
        List<(string, float)> values = [];
        for (var reader = new MessageReader(message); reader.Next();)
        {
            if (reader.Field == 1) seconds = BitConverter.UInt64BitsToDouble(reader.Number);
            else if (reader.Field == 2) step = unchecked((long)reader.Number);
            else if (reader.Field == 5) DecodeSummary(reader.Content, values);
        }

        return new ScalarEvent(seconds, step, values);
    }

    private static void DecodeSummary(ReadOnlySpan<byte> summary, List<(string, float)> values)
    {
        for (var reader = new MessageReader(summary); reader.Next();)
        {
            var name = "";
            var value = 0f;
            for (var entry = new MessageReader(reader.Content); entry.Next();)
            {
                if (entry.Field == 1) name = Encoding.UTF8.GetString(entry.Content);
                else if (entry.Field == 2) value = BitConverter.UInt32BitsToSingle((uint)entry.Number);
            }

            values.Add((name, value));
        }
    }

    private static void WriteTag(MemoryStream to, int field, int type) => WriteVarint(to, (ulong)((field << 3) | type));

    private static void WriteVarint(MemoryStream to, ulong value)
    {
        for (; value >= 0x80; value >>= 7) to.WriteByte((byte)((value & 0x7F) | 0x80));
        to.WriteByte((byte)value);
    }

    private static void WriteDouble(MemoryStream to, int field, double value)
    {
        WriteTag(to, field, Fixed64);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        to.Write(bytes);
    }

    private static void WriteFloat(MemoryStream to, int field, float value)
    {
        WriteTag(to, field, Fixed32);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        to.Write(bytes);
    }

    private static void WriteBytes(MemoryStream to, int field, ReadOnlySpan<byte> bytes)
    {
        WriteTag(to, field, Bytes);
        WriteVarint(to, (ulong)bytes.Length);
        to.Write(bytes);
    }
}
