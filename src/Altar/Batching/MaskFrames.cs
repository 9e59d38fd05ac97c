using Altar.Datasets.Masks;
using Altar.Images;

namespace Altar.Batching;

/// <summary>Which part of which picture becomes an input.</summary>
/// <param name="Picture">Number of the picture.</param>
/// <param name="Window">The part, in pixels of the picture; it reaches beyond a picture that is smaller.</param>
/// <param name="CountsFrom">The first column and row of the picture that count; those before were counted by another tile.</param>
internal readonly record struct MaskFrame(int Picture, PixelBox Window, (int X, int Y) CountsFrom);

/// <summary>Parts to learn from: anywhere, with a chosen share near objects.</summary>
internal sealed class TrainingFrames(IReadOnlyList<MaskedPicture> pictures, PixelSize? crop, int samples, double objects)
{
    public int Count => crop is null ? pictures.Count : checked(pictures.Count * samples);

    public MaskFrame Of(int sample, Random random)
    {
        var (number, picture) = (sample % pictures.Count, pictures[sample % pictures.Count]);
        if (crop is not { } size) return new MaskFrame(number, PixelBox.Whole(picture.Size), (0, 0));
        var isNearObject = random.NextDouble() < objects;
        var (x, y) = isNearObject && ObjectPlace(picture.Index, random) is var (column, row)
            ? (column - (size.Width / 2) + random.Next(-size.Width / 4, (size.Width / 4) + 1), row - (size.Height / 2) + random.Next(-size.Height / 4, (size.Height / 4) + 1))
            : (random.Next(Math.Max(1, picture.Size.Width - size.Width + 1)), random.Next(Math.Max(1, picture.Size.Height - size.Height + 1)));
        var window = new PixelBox(MaskTiles.Inside(x, size.Width, picture.Size.Width), MaskTiles.Inside(y, size.Height, picture.Size.Height), size.Width, size.Height);
        return new MaskFrame(number, window, (0, 0));
    }

    // First the class, so that a rare one is seen as often as a frequent one; then one of the blocks that have it.
    private static (int X, int Y)? ObjectPlace(MaskIndex index, Random random)
    {
        var present = index.Blocks.Where(blocks => blocks.Count > 0).ToList();
        if (present.Count == 0) return null;
        var chosen = present[random.Next(present.Count)];
        var (x, y) = chosen[random.Next(chosen.Count)];
        return ((x * index.BlockSide) + random.Next(index.BlockSide), (y * index.BlockSide) + random.Next(index.BlockSide));
    }
}

/// <summary>Tiles of a picture, for judging: a grid whose last column and row are shifted inwards, so that no tile leaves the picture.</summary>
internal static class MaskTiles
{
    /// <summary>The tiles of all pictures, or so many evenly spread ones of each.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="crop">Size of a tile; null: each picture as a whole.</param>
    /// <param name="most">Tiles of one picture; 0 for all.</param>
    public static IReadOnlyList<MaskFrame> Of(IReadOnlyList<MaskedPicture> pictures, PixelSize? crop, int most) =>
        [.. pictures.SelectMany((picture, number) => crop is { } size
            ? Spread([.. Grid(number, picture.Size, size)], most)
            : [new MaskFrame(number, PixelBox.Whole(picture.Size), (0, 0))])];

    /// <summary>Where a window starts so that it lies inside; in the middle where it is larger than the picture.</summary>
    public static int Inside(int start, int window, int picture) =>
        window >= picture ? -((window - picture) / 2) : Math.Clamp(start, 0, picture - window);

    private static IEnumerable<MaskFrame> Grid(int number, PixelSize picture, PixelSize crop) =>
        from y in Starts(picture.Height, crop.Height)
        from x in Starts(picture.Width, crop.Width)
        select new MaskFrame(number, new PixelBox(Inside(x, crop.Width, picture.Width), Inside(y, crop.Height, picture.Height), crop.Width, crop.Height), (x, y));

    private static IEnumerable<int> Starts(int length, int tile)
    {
        for (var start = 0; start < length; start += tile) yield return start;
    }

    private static IEnumerable<MaskFrame> Spread(IReadOnlyList<MaskFrame> tiles, int most) => most == 0 || tiles.Count <= most
        ? tiles
        : Enumerable.Range(0, most).Select(index => tiles[(int)(((2L * index) + 1) * tiles.Count / (2L * most))]);
}
