using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Altar.Augmentation.Kernels;

/// <summary>4 floats: SSE 4.1, with FMA where it is there.</summary>
internal readonly unsafe struct Lanes4(Vector128<float> value) : ILanes<Lanes4>
{
    private readonly Vector128<float> _value = value;

    public static bool IsSupported => Sse41.IsSupported;

    public static int Count => 4;

    public static Lanes4 Ramp => new(Vector128.ConvertToSingle(Vector128<int>.Indices));

    public static Lanes4 Of(float value) => new(Vector128.Create(value));

    public static Lanes4 Load(float* from) => new(Vector128.Load(from));

    public static void Store(float* to, Lanes4 value) => value._value.Store(to);

    public static Lanes4 operator +(Lanes4 a, Lanes4 b) => new(a._value + b._value);

    public static Lanes4 operator -(Lanes4 a, Lanes4 b) => new(a._value - b._value);

    public static Lanes4 operator *(Lanes4 a, Lanes4 b) => new(a._value * b._value);

    public static Lanes4 operator /(Lanes4 a, Lanes4 b) => new(a._value / b._value);

    public static Lanes4 Min(Lanes4 a, Lanes4 b) => new(Sse.Min(a._value, b._value));

    public static Lanes4 Max(Lanes4 a, Lanes4 b) => new(Sse.Max(a._value, b._value));

    public static Lanes4 Floor(Lanes4 a) => new(Sse41.Floor(a._value));

    public static Lanes4 Root(Lanes4 a) => new(Sse.Sqrt(a._value));

    public static Lanes4 MultiplyAdd(Lanes4 a, Lanes4 b, Lanes4 c) => new(Vector128.MultiplyAddEstimate(a._value, b._value, c._value));

    public static Lanes4 WhereLess(Lanes4 a, Lanes4 b, Lanes4 then, Lanes4 otherwise) =>
        new(Sse41.BlendVariable(otherwise._value, then._value, Sse.CompareLessThan(a._value, b._value)));

    public static Lanes4 LookUp(float* table, Lanes4 index)
    {
        var at = Sse2.ConvertToVector128Int32WithTruncation(index._value);
        return new(Vector128.Create(table[at.GetElement(0)], table[at.GetElement(1)], table[at.GetElement(2)], table[at.GetElement(3)]));
    }

    public static Lanes4 LoadBytes(byte* from) => new(Vector128.ConvertToSingle(Sse41.ConvertToVector128Int32(Vector128.CreateScalarUnsafe(*(uint*)from).AsByte())));

    public static void LoadPixels(uint* from, out Lanes4 r, out Lanes4 g, out Lanes4 b)
    {
        var pixels = Vector128.Load(from).AsInt32();
        var low = Vector128.Create(0xFF);
        r = new(Vector128.ConvertToSingle(pixels & low));
        g = new(Vector128.ConvertToSingle((pixels >>> 8) & low));
        b = new(Vector128.ConvertToSingle((pixels >>> 16) & low));
    }

    public static void StoreInterleaved(float* to, Lanes4 r, Lanes4 g, Lanes4 b)
    {
        var (rg0, rg2) = (Sse.UnpackLow(r._value, g._value), Sse.UnpackHigh(r._value, g._value));   // r0 g0 r1 g1, r2 g2 r3 g3
        Sse.Shuffle(rg0, Sse.Shuffle(b._value, r._value, 0x50), 0x84).Store(to);                    // r0 g0 b0 r1
        Sse.Shuffle(Sse.Shuffle(g._value, b._value, 0x55), rg2, 0x48).Store(to + 4);                // g1 b1 r2 g2
        var (b2r3, g3b3) = (Sse.Shuffle(b._value, r._value, 0xFA), Sse.Shuffle(g._value, b._value, 0xFF));
        Sse.Shuffle(b2r3, g3b3, 0x88).Store(to + 8);                                                // b2 r3 g3 b3
    }

    public static Lanes4 Noise(uint seed, uint start)
    {
        var z = ((Vector128.Create(start) + Vector128<uint>.Indices) * NoiseSequence.Step) + Vector128.Create(seed);
        z = (z ^ (z >>> 16)) * NoiseSequence.First;
        z = (z ^ (z >>> 13)) * NoiseSequence.Second;
        z ^= z >>> 16;
        var low = Vector128.Create(0xFFu);
        var sum = (z & low) + ((z >>> 8) & low) + ((z >>> 16) & low) + (z >>> 24);
        return new(Vector128.ConvertToSingle(sum.AsInt32() - Vector128.Create(NoiseSequence.Mean)) * Vector128.Create(NoiseSequence.Scale));
    }
}
