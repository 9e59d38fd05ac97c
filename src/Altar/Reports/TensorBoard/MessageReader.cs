using System.Buffers.Binary;

namespace Altar.Reports.TensorBoard;

/// <summary>Goes through the fields of a protobuf message.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Number of the field at hand.</summary>
    public int Field { get; private set; }

    /// <summary>Its bits, where it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its bytes, where it is a text or a message.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <exception cref="InvalidDataException">The message ends within a field.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        var tag = Varint();
        Field = (int)(tag >> 3);
        Content = default;
        switch (tag & 7)
        {
            case 0: Number = Varint(); break;
            case 1: Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8)); break;
            case 2: Content = Take((int)Varint()); break;
            case 5: Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4)); break;
            default: throw new InvalidDataException($"A field of type {tag & 7}, which no event holds.");
        }

        return true;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        throw new InvalidDataException("A number longer than 64 bits.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw new InvalidDataException("The message ends within a field.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
