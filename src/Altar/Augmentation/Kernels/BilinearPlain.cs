namespace Altar.Augmentation.Kernels;

/// <summary>One pixel at a time.</summary>
internal readonly unsafe struct BilinearPlain : IBilinear
{
    public static void Sample(in SourceView source, float* x, float* y, uint* to, int count)
    {
        var stride = source.Width * 3;
        var (lastX, lastY) = (Math.Max(source.Width - 2, 0), Math.Max(source.Height - 2, 0));
        var below = source.Height > 1 ? stride : 0;
        unchecked   // offsets lie in the picture, whose bytes are counted by an int
        {
            for (var i = 0; i < count; i++)
            {
                var column = Math.Min((int)x[i], lastX);
                var row = Math.Min((int)y[i], lastY);
                var across = (int)MathF.Round((x[i] - column) * 128);
                var down = (int)MathF.Round((y[i] - row) * short.MaxValue);
                var tap = source.Pixels + (row * stride) + (column * 3);
                to[i] = Mix(tap, below, across, down) | (Mix(tap + 1, below, across, down) << 8) | (Mix(tap + 2, below, across, down) << 16);
            }
        }
    }

    private static uint Mix(byte* tap, int below, int across, int down)
    {
        unchecked   // within 16 bits by construction
        {
            var top = ((tap[0] - 128) * (128 - across)) + ((tap[3] - 128) * across);
            var bottom = ((tap[below] - 128) * (128 - across)) + ((tap[below + 3] - 128) * across);
            var mixed = top + ((((bottom - top) * down) + 0x4000) >> 15);
            return (uint)(mixed + Bilinear.Offset) >> 7;
        }
    }
}

/// <summary>What the widths share.</summary>
internal static class Bilinear
{
    /// <summary>Undoes the shift by 128 that makes pixels signed bytes, and rounds.</summary>
    public const short Offset = (128 * 128) + 64;
}
