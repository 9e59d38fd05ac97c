using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Altar.Augmentation.Kernels;

/// <summary>Four pixels at a time: one gather of 8 bytes brings both neighbours of a row.</summary>
internal readonly unsafe struct Bilinear256 : IBilinear
{
    public static void Sample(in SourceView source, float* x, float* y, uint* to, int count)
    {
        var stride = source.Width * 3;
        var below = source.Height > 1 ? stride : 0;
        var lastX = Vector128.Create(Math.Max(source.Width - 2, 0));
        var lastY = Vector128.Create(Math.Max(source.Height - 2, 0));
        var pixels = source.Pixels;
        var strides = Vector128.Create(stride);
        unchecked   // offsets lie in the picture, whose bytes are counted by an int
        {
            for (var i = 0; i < count; i += 4)
            {
                var (px, py) = (Vector128.Load(x + i), Vector128.Load(y + i));
                var column = Sse41.Min(Sse2.ConvertToVector128Int32WithTruncation(px), lastX);
                var row = Sse41.Min(Sse2.ConvertToVector128Int32WithTruncation(py), lastY);
                var across = Sse2.ConvertToVector128Int32((px - Sse2.ConvertToVector128Single(column)) * Vector128.Create(128f));
                var down = Sse2.ConvertToVector128Int32((py - Sse2.ConvertToVector128Single(row)) * Vector128.Create((float)short.MaxValue));
                var offset = Sse41.MultiplyLow(row, strides) + (column + column + column);
                var top = Avx2.GatherVector256((ulong*)pixels, offset, 1).AsByte();
                var bottom = Avx2.GatherVector256((ulong*)(pixels + below), offset, 1).AsByte();
                Mix(top, bottom, across, down, to + i);
            }
        }
    }

    private static void Mix(Vector256<byte> top, Vector256<byte> bottom, Vector128<int> across, Vector128<int> down, uint* to)
    {
        var pair = (Vector128.Create(128) - across) | (across << 8);
        var weights = Avx2.Shuffle(Avx2.ConvertToVector256Int64(pair).AsByte(), Spread(0x8080_0100_0100_0100));
        var downs = Avx2.Shuffle(Avx2.ConvertToVector256Int64(down).AsByte(), Spread(0x0100_0100_0100_0100)).AsInt16();
        var taps = Spread(0x8080_0502_0401_0300);
        var signed = Vector256.Create((byte)0x80);
        var first = Avx2.MultiplyAddAdjacent(weights, Avx2.Shuffle(top ^ signed, taps).AsSByte());
        var second = Avx2.MultiplyAddAdjacent(weights, Avx2.Shuffle(bottom ^ signed, taps).AsSByte());
        var mixed = first + Avx2.MultiplyHighRoundScale(second - first, downs);
        var bytes = (mixed + Vector256.Create(Bilinear.Offset)) >>> 7;
        var packed = Avx2.PackUnsignedSaturate(bytes, bytes).AsInt64();
        Avx2.Permute4x64(packed, 0b1000).GetLower().AsUInt32().Store(to);
    }

    // Places within 8 bytes, for the lower and the upper half of each 128 bits.
    private static Vector256<byte> Spread(ulong places) =>
        Vector256.Create(places, places | 0x0808_0808_0808_0808, places, places | 0x0808_0808_0808_0808).AsByte();
}
