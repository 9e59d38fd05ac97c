using Altar.Images;

namespace Altar.Inference.Tiles;

/// <summary>Fills what a tile has beyond a raster's right and lower edge with the raster mirrored there, as networks were trained to see no black.</summary>
internal static class MirroredTile
{
    /// <param name="pixels">The part inside, row after row.</param>
    /// <param name="inside">Its size.</param>
    /// <param name="tile">Size of the tile.</param>
    /// <param name="channels">Values of each pixel.</param>
    /// <returns>The tile; <paramref name="pixels"/> itself, perhaps with more behind it, where nothing is missing.</returns>
    public static T[] Fill<T>(T[] pixels, PixelSize inside, PixelSize tile, int channels)
    {
        if (inside == tile) return pixels;
        var filled = new T[checked((int)tile.Area * channels)];
        for (var y = 0; y < tile.Height; y++)
        {
            var from = pixels.AsSpan(Mirror(y, inside.Height) * inside.Width * channels, inside.Width * channels);
            var to = filled.AsSpan(y * tile.Width * channels, tile.Width * channels);
            for (var x = 0; x < tile.Width; x++) from.Slice(Mirror(x, inside.Width) * channels, channels).CopyTo(to[(x * channels)..]);
        }

        return filled;
    }

    /// <summary>The place inside that a place beyond shows: the edge itself is not repeated, unless it is all there is.</summary>
    public static int Mirror(int at, int length)
    {
        if (length == 1) return 0;
        var within = at % (2 * (length - 1));
        return within < length ? within : (2 * (length - 1)) - within;
    }
}
