using System.Buffers.Binary;
using System.Text;

namespace Altar.Images.GeoTiff;

/// <summary>How the values of a TIFF field are coded (TIFF 6.0, section 2; 16 to 18 are BigTIFF's).</summary>
public enum TiffFieldType
{
    /// <summary>8 bits, unsigned.</summary>
    Unsigned8 = 1,

    /// <summary>Characters, the last of them NUL.</summary>
    Text = 2,

    /// <summary>16 bits, unsigned.</summary>
    Unsigned16 = 3,

    /// <summary>32 bits, unsigned.</summary>
    Unsigned32 = 4,

    /// <summary>Two of 32 bits: numerator, denominator.</summary>
    Fraction = 5,

    /// <summary>8 bits, signed.</summary>
    Signed8 = 6,

    /// <summary>8 bits of whatever.</summary>
    Bytes = 7,

    /// <summary>16 bits, signed.</summary>
    Signed16 = 8,

    /// <summary>32 bits, signed.</summary>
    Signed32 = 9,

    /// <summary>Two of 32 bits, signed.</summary>
    SignedFraction = 10,

    /// <summary>IEEE, 32 bits.</summary>
    Real32 = 11,

    /// <summary>IEEE, 64 bits.</summary>
    Real64 = 12,

    /// <summary>32 bits: where another directory begins.</summary>
    Offset32 = 13,

    /// <summary>64 bits, unsigned.</summary>
    Unsigned64 = 16,

    /// <summary>64 bits, signed.</summary>
    Signed64 = 17,

    /// <summary>64 bits: where another directory begins.</summary>
    Offset64 = 18,
}

/// <summary>A field of a TIFF directory as it stands in the file.</summary>
/// <param name="Tag">Its number.</param>
/// <param name="Type">How its values are coded.</param>
/// <param name="Bytes">The values, least significant byte first, whatever the order of the file.</param>
public sealed record TiffField(int Tag, TiffFieldType Type, byte[] Bytes)
{
    /// <summary>Number of values; of a text, its bytes with the NUL.</summary>
    public long Count => Bytes.Length / WidthOf(Type);

    /// <summary>A field of 16-bit numbers.</summary>
    /// <param name="tag">Its number.</param>
    /// <param name="values">0 to 65535.</param>
    public static TiffField Shorts(int tag, params ReadOnlySpan<int> values)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)values[i]);
        return new TiffField(tag, TiffFieldType.Unsigned16, bytes);
    }

    /// <summary>A field of 32-bit numbers.</summary>
    /// <param name="tag">Its number.</param>
    /// <param name="values">0 to 2^32 - 1.</param>
    public static TiffField Longs(int tag, params ReadOnlySpan<ulong> values)
    {
        var bytes = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), (uint)values[i]);
        return new TiffField(tag, TiffFieldType.Unsigned32, bytes);
    }

    /// <summary>A field of 64-bit numbers, which only BigTIFF has.</summary>
    /// <param name="tag">Its number.</param>
    /// <param name="values">The numbers.</param>
    public static TiffField Long8s(int tag, params ReadOnlySpan<ulong> values)
    {
        var bytes = new byte[values.Length * 8];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * 8), values[i]);
        return new TiffField(tag, TiffFieldType.Unsigned64, bytes);
    }

    /// <summary>A field of doubles.</summary>
    /// <param name="tag">Its number.</param>
    /// <param name="values">The numbers.</param>
    public static TiffField Doubles(int tag, params ReadOnlySpan<double> values)
    {
        var bytes = new byte[values.Length * 8];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * 8), values[i]);
        return new TiffField(tag, TiffFieldType.Real64, bytes);
    }

    /// <summary>A text.</summary>
    /// <param name="tag">Its number.</param>
    /// <param name="text">The text without NUL.</param>
    public static TiffField Ascii(int tag, string text) => new(tag, TiffFieldType.Text, [.. Encoding.UTF8.GetBytes(text), 0]);

    /// <summary>The text up to the first NUL.</summary>
    public string ToText()
    {
        var end = Array.IndexOf(Bytes, (byte)0);
        return Encoding.UTF8.GetString(Bytes, 0, end < 0 ? Bytes.Length : end);
    }

    /// <summary>The values as doubles; a rational is its quotient.</summary>
    public double[] ToNumbers() => [.. Enumerable.Range(0, checked((int)Count)).Select(Number)];

    /// <summary>One value.</summary>
    /// <param name="index">Its place, from 0.</param>
    public double Number(int index)
    {
        var value = Bytes.AsSpan(index * WidthOf(Type));
        return Type switch
        {
            TiffFieldType.Unsigned16 => BinaryPrimitives.ReadUInt16LittleEndian(value),
            TiffFieldType.Signed16 => BinaryPrimitives.ReadInt16LittleEndian(value),
            TiffFieldType.Unsigned32 or TiffFieldType.Offset32 => BinaryPrimitives.ReadUInt32LittleEndian(value),
            TiffFieldType.Signed32 => BinaryPrimitives.ReadInt32LittleEndian(value),
            TiffFieldType.Unsigned64 or TiffFieldType.Offset64 => BinaryPrimitives.ReadUInt64LittleEndian(value),
            TiffFieldType.Signed64 => BinaryPrimitives.ReadInt64LittleEndian(value),
            TiffFieldType.Real32 => BinaryPrimitives.ReadSingleLittleEndian(value),
            TiffFieldType.Real64 => BinaryPrimitives.ReadDoubleLittleEndian(value),
            TiffFieldType.Fraction => BinaryPrimitives.ReadUInt32LittleEndian(value) / (double)BinaryPrimitives.ReadUInt32LittleEndian(value[4..]),
            TiffFieldType.SignedFraction => BinaryPrimitives.ReadInt32LittleEndian(value) / (double)BinaryPrimitives.ReadInt32LittleEndian(value[4..]),
            TiffFieldType.Signed8 => (sbyte)value[0],
            _ => value[0],
        };
    }

    /// <summary>Bytes of a value; 0 for a type that is not known.</summary>
    internal static int WidthOf(TiffFieldType type) => type switch
    {
        TiffFieldType.Unsigned8 or TiffFieldType.Text or TiffFieldType.Signed8 or TiffFieldType.Bytes => 1,
        TiffFieldType.Unsigned16 or TiffFieldType.Signed16 => 2,
        TiffFieldType.Unsigned32 or TiffFieldType.Signed32 or TiffFieldType.Real32 or TiffFieldType.Offset32 => 4,
        TiffFieldType.Fraction or TiffFieldType.SignedFraction or TiffFieldType.Real64 or TiffFieldType.Unsigned64 or TiffFieldType.Signed64 or TiffFieldType.Offset64 => 8,
        _ => 0,
    };

    /// <summary>Bytes that are turned around together where the file's order is the other one.</summary>
    internal static int SwapWidthOf(TiffFieldType type) => type is TiffFieldType.Fraction or TiffFieldType.SignedFraction ? 4 : WidthOf(type);
}
