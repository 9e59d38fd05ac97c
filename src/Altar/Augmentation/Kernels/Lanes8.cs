using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Altar.Augmentation.Kernels;

/// <summary>8 floats: AVX2 with FMA.</summary>
internal readonly unsafe struct Lanes8(Vector256<float> value) : ILanes<Lanes8>
{
    private readonly Vector256<float> _value = value;

    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

    public static int Count => 8;

    public static Lanes8 Ramp => new(Vector256.ConvertToSingle(Vector256<int>.Indices));

    public static Lanes8 Of(float value) => new(Vector256.Create(value));

    public static Lanes8 Load(float* from) => new(Vector256.Load(from));

    public static void Store(float* to, Lanes8 value) => value._value.Store(to);

    public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a._value + b._value);

    public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a._value - b._value);

    public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a._value * b._value);

    public static Lanes8 operator /(Lanes8 a, Lanes8 b) => new(a._value / b._value);

    public static Lanes8 Min(Lanes8 a, Lanes8 b) => new(Avx.Min(a._value, b._value));

    public static Lanes8 Max(Lanes8 a, Lanes8 b) => new(Avx.Max(a._value, b._value));

    public static Lanes8 Floor(Lanes8 a) => new(Avx.Floor(a._value));

    public static Lanes8 Root(Lanes8 a) => new(Avx.Sqrt(a._value));

    public static Lanes8 MultiplyAdd(Lanes8 a, Lanes8 b, Lanes8 c) => new(Fma.MultiplyAdd(a._value, b._value, c._value));

    public static Lanes8 WhereLess(Lanes8 a, Lanes8 b, Lanes8 then, Lanes8 otherwise) =>
        new(Avx.BlendVariable(otherwise._value, then._value, Avx.CompareLessThan(a._value, b._value)));

    public static Lanes8 LookUp(float* table, Lanes8 index) => new(Avx2.GatherVector256(table, Avx.ConvertToVector256Int32WithTruncation(index._value), 4));

    public static Lanes8 LoadBytes(byte* from) => new(Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(from)));

    public static void LoadPixels(uint* from, out Lanes8 r, out Lanes8 g, out Lanes8 b)
    {
        var pixels = Vector256.Load(from).AsInt32();
        var low = Vector256.Create(0xFF);
        r = new(Vector256.ConvertToSingle(pixels & low));
        g = new(Vector256.ConvertToSingle((pixels >>> 8) & low));
        b = new(Vector256.ConvertToSingle((pixels >>> 16) & low));
    }

    public static void StoreInterleaved(float* to, Lanes8 r, Lanes8 g, Lanes8 b)
    {
        // Each plane is brought to its order with places to spare, then the three are blended: bit i of a mask takes lane i from the second.
        var r0 = Avx2.PermuteVar8x32(r._value, Vector256.Create(0, 0, 0, 1, 0, 0, 2, 0));
        var g0 = Avx2.PermuteVar8x32(g._value, Vector256.Create(0, 0, 0, 0, 1, 0, 0, 2));
        var b0 = Avx2.PermuteVar8x32(b._value, Vector256.Create(0, 0, 0, 0, 0, 1, 0, 0));
        Avx.Blend(Avx.Blend(r0, g0, 0b10010010), b0, 0b00100100).Store(to);
        var r1 = Avx2.PermuteVar8x32(r._value, Vector256.Create(0, 3, 0, 0, 4, 0, 0, 5));
        var g1 = Avx2.PermuteVar8x32(g._value, Vector256.Create(0, 0, 3, 0, 0, 4, 0, 0));
        var b1 = Avx2.PermuteVar8x32(b._value, Vector256.Create(2, 0, 0, 3, 0, 0, 4, 0));
        Avx.Blend(Avx.Blend(r1, g1, 0b00100100), b1, 0b01001001).Store(to + 8);
        var r2 = Avx2.PermuteVar8x32(r._value, Vector256.Create(0, 0, 6, 0, 0, 7, 0, 0));
        var g2 = Avx2.PermuteVar8x32(g._value, Vector256.Create(5, 0, 0, 6, 0, 0, 7, 0));
        var b2 = Avx2.PermuteVar8x32(b._value, Vector256.Create(0, 5, 0, 0, 6, 0, 0, 7));
        Avx.Blend(Avx.Blend(r2, g2, 0b01001001), b2, 0b10010010).Store(to + 16);
    }

    public static Lanes8 Noise(uint seed, uint start)
    {
        var z = ((Vector256.Create(start) + Vector256<uint>.Indices) * NoiseSequence.Step) + Vector256.Create(seed);
        z = (z ^ (z >>> 16)) * NoiseSequence.First;
        z = (z ^ (z >>> 13)) * NoiseSequence.Second;
        z ^= z >>> 16;
        var low = Vector256.Create(0xFFu);
        var sum = (z & low) + ((z >>> 8) & low) + ((z >>> 16) & low) + (z >>> 24);
        return new(Vector256.ConvertToSingle(sum.AsInt32() - Vector256.Create(NoiseSequence.Mean)) * Vector256.Create(NoiseSequence.Scale));
    }
}
