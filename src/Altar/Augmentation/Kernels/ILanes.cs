namespace Altar.Augmentation.Kernels;

/// <summary>A vector of floats of one width: the kernels are written once and compiled for 16, 8, 4 and 1 lanes.</summary>
/// <remarks>A struct over one register; the compiler makes a body for each, without calls.</remarks>
internal unsafe interface ILanes<T> where T : struct, ILanes<T>
{
    static abstract int Count { get; }

    /// <summary>0, 1, 2 ...</summary>
    static abstract T Ramp { get; }

    static abstract T Of(float value);

    static abstract T Load(float* from);

    static abstract void Store(float* to, T value);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    static abstract T Min(T a, T b);

    static abstract T Max(T a, T b);

    static abstract T Floor(T a);

    static abstract T Root(T a);

    /// <summary>a b + c, rounded once.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary><paramref name="then"/> where a is below b, else <paramref name="otherwise"/>.</summary>
    static abstract T WhereLess(T a, T b, T then, T otherwise);

    /// <summary>Entries of a table; the index is a whole number.</summary>
    static abstract T LookUp(float* table, T index);

    /// <summary>Bytes as floats.</summary>
    static abstract T LoadBytes(byte* from);

    /// <summary>Pixels of R, G, B and an unused byte as three planes.</summary>
    static abstract void LoadPixels(uint* from, out T r, out T g, out T b);

    /// <summary>Three planes as R, G, B, R, G, B ...</summary>
    static abstract void StoreInterleaved(float* to, T r, T g, T b);

    /// <summary>Nearly normal noise of deviation 1: number <paramref name="start"/> and the following of the sequence of a seed.</summary>
    static abstract T Noise(uint seed, uint start);
}

/// <summary>The sequence of noise: murmur3's finaliser of a counter, its four bytes summed, which is near to normal (kurtosis -0.3).</summary>
internal static class NoiseSequence
{
    public const uint Step = 0x9E3779B9, First = 0x85EBCA6B, Second = 0xC2B2AE35;
    public const int Mean = 510;

    /// <summary>One over the deviation of a sum of four bytes: sqrt(4 (256^2 - 1) / 12).</summary>
    public const float Scale = 1 / 147.80053f;
}
