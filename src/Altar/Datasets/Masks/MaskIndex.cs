using Altar.Images;

namespace Altar.Datasets.Masks;

/// <summary>What a mask holds, small enough to be kept for every picture: pixels of each class, and the blocks in which it occurs.</summary>
/// <param name="Pixels">Pixels of each value, from 0.</param>
/// <param name="Ignored">Ignored pixels.</param>
/// <param name="BlockSide">Side of a block in pixels.</param>
/// <param name="Blocks">For each value that is an object's: column and row of each block that has at least one pixel of it; empty for the others.</param>
public sealed record MaskIndex(IReadOnlyList<long> Pixels, long Ignored, int BlockSide, IReadOnlyList<IReadOnlyList<(ushort X, ushort Y)>> Blocks)
{
    private const int BlocksASide = 64, SmallestBlock = 8;

    // Of a mask that is read by parts, so many pixels at a time.
    private const int MostPixels = 1 << 24;

    /// <summary>Of a picture that was not looked at.</summary>
    public static MaskIndex Empty { get; } = new([], 0, 1, []);

    /// <summary>Goes through a mask once.</summary>
    /// <param name="source">The mask.</param>
    /// <param name="picture">Size of its picture.</param>
    /// <param name="values">How many values there are.</param>
    /// <param name="isObject">Which of them belong to objects rather than to the background.</param>
    public static MaskIndex Of(IMaskSource source, PixelSize picture, int values, Func<int, bool> isObject)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(isObject);
        var side = Math.Max(SmallestBlock, (picture.Longer + BlocksASide - 1) / BlocksASide);
        var counts = new Counts(side, values, isObject);
        var height = source.MakesParts ? Math.Max(1, MostPixels / picture.Width / side) * side : picture.Height;
        for (var top = 0; top < picture.Height; top += height)
            counts.Add(source.Read(picture, new PixelBox(0, top, picture.Width, Math.Min(height, picture.Height - top))), top);
        return new MaskIndex(counts.Pixels[..values], counts.Pixels[Mask.Ignored], side, counts.Blocks);
    }

    private sealed class Counts(int side, int values, Func<int, bool> isObject)
    {
        private readonly bool[] _isWanted = [.. Enumerable.Range(0, values).Select(isObject)];
        private readonly long[] _inBlock = new long[256];

        public long[] Pixels { get; } = new long[256];

        public List<(ushort X, ushort Y)>[] Blocks { get; } = [.. Enumerable.Range(0, values).Select(_ => new List<(ushort, ushort)>())];

        public void Add(Mask mask, int top)
        {
            for (var y = 0; y < mask.Size.Height; y += side)
            {
                for (var x = 0; x < mask.Size.Width; x += side) AddBlock(mask, x, y, top);
            }
        }

        private void AddBlock(Mask mask, int left, int start, int top)
        {
            Array.Clear(_inBlock);
            var width = Math.Min(side, mask.Size.Width - left);
            for (var y = start; y < Math.Min(start + side, mask.Size.Height); y++)
                foreach (var value in mask.Row(y).Slice(left, width)) _inBlock[value]++;
            for (var value = 0; value < 256; value++)
            {
                Pixels[value] += _inBlock[value];
                if (value < values && _isWanted[value] && _inBlock[value] > 0) Blocks[value].Add(((ushort)(left / side), (ushort)((top + start) / side)));
            }
        }
    }
}
