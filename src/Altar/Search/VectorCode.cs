using System.Numerics;
using System.Runtime.InteropServices;

namespace Altar.Search;

/// <summary>Vectors as the bytes that an index keeps. Cosines do not depend on a vector's length, so 8-bit vectors carry no scale.</summary>
internal static class VectorCode
{
    private const float Largest = sbyte.MaxValue;

    /// <summary>Bytes of a vector.</summary>
    public static int Bytes(VectorScalar scalar, int dimensions) => dimensions * scalar switch { VectorScalar.F32 => 4, VectorScalar.F16 => 2, _ => 1 };

    /// <summary>The bytes of a vector.</summary>
    public static byte[] Encode(VectorScalar scalar, ReadOnlySpan<float> vector)
    {
        var bytes = new byte[Bytes(scalar, vector.Length)];
        Encode(scalar, vector, bytes);
        return bytes;
    }

    /// <summary>Writes the bytes of a vector.</summary>
    public static void Encode(VectorScalar scalar, ReadOnlySpan<float> vector, Span<byte> bytes)
    {
        switch (scalar)
        {
            case VectorScalar.F32:
                vector.CopyTo(MemoryMarshal.Cast<byte, float>(bytes));
                break;
            case VectorScalar.F16:
                var halves = MemoryMarshal.Cast<byte, Half>(bytes);
                for (var i = 0; i < vector.Length; i++) halves[i] = (Half)vector[i];
                break;
            default:
                EncodeBytes(vector, MemoryMarshal.Cast<byte, sbyte>(bytes));
                break;
        }
    }

    /// <summary>The vector of some bytes, of length 1; all zeros stay zeros.</summary>
    public static float[] Decode(VectorScalar scalar, ReadOnlySpan<byte> bytes)
    {
        var vector = scalar switch
        {
            VectorScalar.F32 => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            VectorScalar.F16 => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), half => (float)half),
            _ => Array.ConvertAll(MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray(), small => (float)small),
        };
        Normalize(vector);
        return vector;
    }

    /// <summary>Divides by the length; all zeros stay zeros.</summary>
    public static void Normalize(Span<float> vector)
    {
        var squares = 0.0;
        foreach (var value in vector) squares += (double)value * value;
        if (squares == 0) return;
        var factor = (float)(1 / Math.Sqrt(squares));
        for (var i = 0; i < vector.Length; i++) vector[i] *= factor;
    }

    /// <summary>The sum of products; of vectors of length 1 it is their cosine.</summary>
    public static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var (sums, i) = (Vector<float>.Zero, 0);
        for (; i <= one.Length - Vector<float>.Count; i += Vector<float>.Count) sums += new Vector<float>(one[i..]) * new Vector<float>(other[i..]);
        var sum = Vector.Sum(sums);
        for (; i < one.Length; i++) sum += one[i] * other[i];
        return sum;
    }

    // Scaled by the vector's own largest number: a unit vector of 256 numbers scaled by 127 would use some 45 of 255 levels.
    private static void EncodeBytes(ReadOnlySpan<float> vector, Span<sbyte> bytes)
    {
        var peak = 0f;
        foreach (var value in vector) peak = Math.Max(peak, Math.Abs(value));
        var scale = peak > 0 ? Largest / peak : 0;
        for (var i = 0; i < vector.Length; i++) bytes[i] = (sbyte)MathF.Round(vector[i] * scale);
    }
}
