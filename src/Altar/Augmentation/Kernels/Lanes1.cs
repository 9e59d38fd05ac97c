namespace Altar.Augmentation.Kernels;

/// <summary>One float: the plain path, for other processors and as the standard that the others are held to.</summary>
internal readonly unsafe struct Lanes1(float value) : ILanes<Lanes1>
{
    private readonly float _value = value;

    public static int Count => 1;

    public static Lanes1 Ramp => new(0);

    public static Lanes1 Of(float value) => new(value);

    public static Lanes1 Load(float* from) => new(*from);

    public static void Store(float* to, Lanes1 value) => *to = value._value;

    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a._value + b._value);

    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a._value - b._value);

    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a._value * b._value);

    public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a._value / b._value);

    public static Lanes1 Min(Lanes1 a, Lanes1 b) => new(a._value < b._value ? a._value : b._value);

    public static Lanes1 Max(Lanes1 a, Lanes1 b) => new(a._value > b._value ? a._value : b._value);

    public static Lanes1 Floor(Lanes1 a) => new(MathF.Floor(a._value));

    public static Lanes1 Root(Lanes1 a) => new(MathF.Sqrt(a._value));

    public static Lanes1 MultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) => new(float.MultiplyAddEstimate(a._value, b._value, c._value));

    public static Lanes1 WhereLess(Lanes1 a, Lanes1 b, Lanes1 then, Lanes1 otherwise) => a._value < b._value ? then : otherwise;

    public static Lanes1 LookUp(float* table, Lanes1 index) => new(table[(int)index._value]);

    public static Lanes1 LoadBytes(byte* from) => new(*from);

    public static void LoadPixels(uint* from, out Lanes1 r, out Lanes1 g, out Lanes1 b)
    {
        var pixel = (byte*)from;
        (r, g, b) = (new(pixel[0]), new(pixel[1]), new(pixel[2]));
    }

    public static void StoreInterleaved(float* to, Lanes1 r, Lanes1 g, Lanes1 b) => (to[0], to[1], to[2]) = (r._value, g._value, b._value);

    public static Lanes1 Noise(uint seed, uint start)
    {
        unchecked   // a hash wraps by design
        {
            var z = (start * NoiseSequence.Step) + seed;
            z = (z ^ (z >> 16)) * NoiseSequence.First;
            z = (z ^ (z >> 13)) * NoiseSequence.Second;
            z ^= z >> 16;
            var sum = (z & 0xFF) + ((z >> 8) & 0xFF) + ((z >> 16) & 0xFF) + (z >> 24);
            return new(((int)sum - NoiseSequence.Mean) * NoiseSequence.Scale);
        }
    }
}
