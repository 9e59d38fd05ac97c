using System.Numerics;

namespace Altar.Tensors;

/// <summary>xoshiro256** (Blackman and Vigna 2018): the same sequence in every .NET version, and cheap to start.</summary>
internal sealed class SeededRandom : Random
{
    private ulong _a, _b, _c, _d;

#pragma warning disable RS0030 // Seed.ToRandom is the only caller; the state of the base class stays unused.
    public SeededRandom(ulong seed) : base(0)
#pragma warning restore RS0030
    {
        unchecked
        {
            _a = Seed.Mix(seed + 0x9E3779B97F4A7C15);
            _b = Seed.Mix(seed + 0x3C6EF372FE94F82A);
            _c = Seed.Mix(seed + 0xDAA66D2C7DDF743F);
            _d = Seed.Mix(seed + 0x78DDE6E5FD29F054);
        }
    }

    private ulong Bits()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
            var t = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= t;
            _d = BitOperations.RotateLeft(_d, 45);
            return result;
        }
    }

    protected override double Sample() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public override double NextDouble() => Sample();

    public override float NextSingle() => (Bits() >> 40) * (1f / (1 << 24));

    public override int Next() => Next(int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)((Bits() >> 32) * (ulong)maxValue >> 32);
    }

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + (long)((Bits() >> 32) * (ulong)((long)maxValue - minValue) >> 32));
    }

    public override long NextInt64() => (long)(Bits() >> 1);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var range = unchecked((ulong)(maxValue - minValue));
        return unchecked(minValue + (long)Math.BigMul(Bits(), range, out _));
    }

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        for (var i = 0; i < buffer.Length; i++) buffer[i] = (byte)(Bits() >> 56);
    }
}
