using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Altar.Augmentation.Kernels;

/// <summary>16 floats: AVX-512.</summary>
internal readonly unsafe struct Lanes16(Vector512<float> value) : ILanes<Lanes16>
{
    private readonly Vector512<float> _value = value;

    public static bool IsSupported => Avx512BW.IsSupported && Avx512F.VL.IsSupported;

    public static int Count => 16;

    public static Lanes16 Ramp => new(Vector512.ConvertToSingle(Vector512<int>.Indices));

    public static Lanes16 Of(float value) => new(Vector512.Create(value));

    public static Lanes16 Load(float* from) => new(Vector512.Load(from));

    public static void Store(float* to, Lanes16 value) => value._value.Store(to);

    public static Lanes16 operator +(Lanes16 a, Lanes16 b) => new(a._value + b._value);

    public static Lanes16 operator -(Lanes16 a, Lanes16 b) => new(a._value - b._value);

    public static Lanes16 operator *(Lanes16 a, Lanes16 b) => new(a._value * b._value);

    public static Lanes16 operator /(Lanes16 a, Lanes16 b) => new(a._value / b._value);

    public static Lanes16 Min(Lanes16 a, Lanes16 b) => new(Avx512F.Min(a._value, b._value));

    public static Lanes16 Max(Lanes16 a, Lanes16 b) => new(Avx512F.Max(a._value, b._value));

    public static Lanes16 Floor(Lanes16 a) => new(Vector512.Floor(a._value));

    public static Lanes16 Root(Lanes16 a) => new(Vector512.Sqrt(a._value));

    public static Lanes16 MultiplyAdd(Lanes16 a, Lanes16 b, Lanes16 c) => new(Avx512F.FusedMultiplyAdd(a._value, b._value, c._value));

    public static Lanes16 WhereLess(Lanes16 a, Lanes16 b, Lanes16 then, Lanes16 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(a._value, b._value), then._value, otherwise._value));

    // .NET has no 512-bit gather; two of 256 bits cost the same loads.
    public static Lanes16 LookUp(float* table, Lanes16 index)
    {
        var at = Avx512F.ConvertToVector512Int32WithTruncation(index._value);
        return new(Vector512.Create(Avx2.GatherVector256(table, at.GetLower(), 4), Avx2.GatherVector256(table, at.GetUpper(), 4)));
    }

    public static Lanes16 LoadBytes(byte* from) => new(Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(from))));

    public static void LoadPixels(uint* from, out Lanes16 r, out Lanes16 g, out Lanes16 b)
    {
        var pixels = Vector512.Load(from).AsInt32();
        var low = Vector512.Create(0xFF);
        r = new(Vector512.ConvertToSingle(pixels & low));
        g = new(Vector512.ConvertToSingle((pixels >>> 8) & low));
        b = new(Vector512.ConvertToSingle((pixels >>> 16) & low));
    }

    public static void StoreInterleaved(float* to, Lanes16 r, Lanes16 g, Lanes16 b)
    {
        // First R and G take their places, then B: indices from 16 on mean the second operand.
        var first = Avx512F.PermuteVar16x32x2(r._value, Vector512.Create(0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5), g._value);
        var second = Avx512F.PermuteVar16x32x2(r._value, Vector512.Create(21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26), g._value);
        var third = Avx512F.PermuteVar16x32x2(r._value, Vector512.Create(0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0), g._value);
        Avx512F.PermuteVar16x32x2(first, Vector512.Create(0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15), b._value).Store(to);
        Avx512F.PermuteVar16x32x2(second, Vector512.Create(0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15), b._value).Store(to + 16);
        Avx512F.PermuteVar16x32x2(third, Vector512.Create(26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31), b._value).Store(to + 32);
    }

    public static Lanes16 Noise(uint seed, uint start)
    {
        var z = ((Vector512.Create(start) + Vector512<uint>.Indices) * NoiseSequence.Step) + Vector512.Create(seed);
        z = (z ^ (z >>> 16)) * NoiseSequence.First;
        z = (z ^ (z >>> 13)) * NoiseSequence.Second;
        z ^= z >>> 16;
        var low = Vector512.Create(0xFFu);
        var sum = (z & low) + ((z >>> 8) & low) + ((z >>> 16) & low) + (z >>> 24);
        return new(Vector512.ConvertToSingle(sum.AsInt32() - Vector512.Create(NoiseSequence.Mean)) * Vector512.Create(NoiseSequence.Scale));
    }
}
