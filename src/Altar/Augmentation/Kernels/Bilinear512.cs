using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Altar.Augmentation.Kernels;

/// <summary>Eight pixels at a time.</summary>
internal readonly unsafe struct Bilinear512 : IBilinear
{
    public static void Sample(in SourceView source, float* x, float* y, uint* to, int count)
    {
        var stride = source.Width * 3;
        var below = source.Height > 1 ? stride : 0;
        var lastX = Vector256.Create(Math.Max(source.Width - 2, 0));
        var lastY = Vector256.Create(Math.Max(source.Height - 2, 0));
        var pixels = source.Pixels;
        var strides = Vector256.Create(stride);
        unchecked   // offsets lie in the picture, whose bytes are counted by an int
        {
            for (var i = 0; i < count; i += 8)
            {
                var (px, py) = (Vector256.Load(x + i), Vector256.Load(y + i));
                var column = Avx2.Min(Avx.ConvertToVector256Int32WithTruncation(px), lastX);
                var row = Avx2.Min(Avx.ConvertToVector256Int32WithTruncation(py), lastY);
                var across = Avx.ConvertToVector256Int32((px - Avx.ConvertToVector256Single(column)) * Vector256.Create(128f));
                var down = Avx.ConvertToVector256Int32((py - Avx.ConvertToVector256Single(row)) * Vector256.Create((float)short.MaxValue));
                var offset = Avx2.MultiplyLow(row, strides) + (column + column + column);
                Mix(Gather(pixels, offset), Gather(pixels + below, offset), across, down, to + i);
            }
        }
    }

    // .NET has no 512-bit gather; two of 256 bits cost the same loads.
    private static Vector512<byte> Gather(byte* pixels, Vector256<int> offset) => Vector512.Create(
        Avx2.GatherVector256((ulong*)pixels, offset.GetLower(), 1), Avx2.GatherVector256((ulong*)pixels, offset.GetUpper(), 1)).AsByte();

    private static void Mix(Vector512<byte> top, Vector512<byte> bottom, Vector256<int> across, Vector256<int> down, uint* to)
    {
        var pair = (Vector256.Create(128) - across) | (across << 8);
        var weights = Avx512BW.Shuffle(Avx512F.ConvertToVector512Int64(pair).AsByte(), Spread(0x8080_0100_0100_0100));
        var downs = Avx512BW.Shuffle(Avx512F.ConvertToVector512Int64(down).AsByte(), Spread(0x0100_0100_0100_0100)).AsInt16();
        var taps = Spread(0x8080_0502_0401_0300);
        var signed = Vector512.Create((byte)0x80);
        var first = Avx512BW.MultiplyAddAdjacent(weights, Avx512BW.Shuffle(top ^ signed, taps).AsSByte());
        var second = Avx512BW.MultiplyAddAdjacent(weights, Avx512BW.Shuffle(bottom ^ signed, taps).AsSByte());
        var mixed = first + Avx512BW.MultiplyHighRoundScale(second - first, downs);
        var bytes = (mixed + Vector512.Create(Bilinear.Offset)) >>> 7;
        Avx512BW.ConvertToVector256Byte(bytes).AsUInt32().Store(to);
    }

    // Places within 8 bytes, for the lower and the upper half of each 128 bits.
    private static Vector512<byte> Spread(ulong places)
    {
        var half = Vector128.Create(places, places | 0x0808_0808_0808_0808);
        var quarter = Vector256.Create(half, half);
        return Vector512.Create(quarter, quarter).AsByte();
    }
}
