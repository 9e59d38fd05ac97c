using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Altar.Augmentation.Kernels;

/// <summary>Four pixels at a time, two in a register.</summary>
internal readonly unsafe struct Bilinear128 : IBilinear
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
                var pair = (Vector128.Create(128) - across) | (across << 8);
                byte* p0 = pixels + offset.GetElement(0), p1 = pixels + offset.GetElement(1);
                byte* p2 = pixels + offset.GetElement(2), p3 = pixels + offset.GetElement(3);
                var first = Mix(Two(p0, p1), Two(p0 + below, p1 + below), pair, down, 0);
                var second = Mix(Two(p2, p3), Two(p2 + below, p3 + below), pair, down, 0x0808_0808_0808_0808);
                Sse2.PackUnsignedSaturate(first, second).AsUInt32().Store(to + i);
            }
        }
    }

    private static Vector128<byte> Two(byte* first, byte* second) => Vector128.Create(*(ulong*)first, *(ulong*)second).AsByte();

    private static Vector128<short> Mix(Vector128<byte> top, Vector128<byte> bottom, Vector128<int> pair, Vector128<int> down, ulong half)
    {
        var weights = Ssse3.Shuffle(pair.AsByte(), Vector128.Create(0x8080_0100_0100_0100 | half, 0x8080_0504_0504_0504 | half).AsByte());
        var downs = Ssse3.Shuffle(down.AsByte(), Vector128.Create(0x0100_0100_0100_0100 | half, 0x0504_0504_0504_0504 | half).AsByte()).AsInt16();
        var taps = Vector128.Create(0x8080_0502_0401_0300, 0x8080_0D0A_0C09_0B08).AsByte();
        var signed = Vector128.Create((byte)0x80);
        var first = Ssse3.MultiplyAddAdjacent(weights, Ssse3.Shuffle(top ^ signed, taps).AsSByte());
        var second = Ssse3.MultiplyAddAdjacent(weights, Ssse3.Shuffle(bottom ^ signed, taps).AsSByte());
        var mixed = first + Ssse3.MultiplyHighRoundScale(second - first, downs);
        return (mixed + Vector128.Create(Bilinear.Offset)) >>> 7;
    }
}
