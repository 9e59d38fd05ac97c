using Altar.Images;
using Altar.Tensors;

namespace Altar.Inference.Tiles;

/// <summary>Tiles of a TIFF that is never decoded whole.</summary>
internal sealed class RasterTiles(RasterWindows raster, int channels) : ITileSource
{
    public RasterWindows Raster => raster;

    public PixelSize Size => raster.Size;

    /// <summary>Opens a TIFF with a cache that holds what a row of tiles touches, so that nothing is decoded twice.</summary>
    /// <exception cref="DamagedPictureException">It is damaged or cut off.</exception>
    /// <exception cref="BadInputException">It has not the bands that the network takes.</exception>
    public static RasterTiles Open(string path, int channels, RasterOptions options)
    {
        RasterWindows raster;
        using (var probe = RasterWindows.Open(path))
        {
            var rows = options.Tiles.TilePixels + (2L * probe.Block.Height);
            raster = RasterWindows.Open(path, new RasterWindowOptions { Bands = options.Bands, Cache = new RasterBlockCache(rows * (probe.RowBytes + ((long)probe.Block.Width * probe.RowBytes / probe.Size.Width))) });
        }

        try
        {
            Require(raster, channels, options.Bands is not null);
            return new RasterTiles(raster, channels);
        }
        catch
        {
            raster.Dispose();
            throw;
        }
    }

    public TilePixels Read(int column, PixelBox box)
    {
        var inside = box.Intersect(PixelBox.Whole(Size));
        return channels == 3
            ? new TilePixels(column, MirroredTile.Fill(raster.Read(inside).Pixels, inside.Size, box.Size, 3), null)
            : new TilePixels(column, null, MirroredTile.Fill(raster.ReadBands(inside), inside.Size, box.Size, channels));
    }

    public void Dispose() => raster.Dispose();

    private static void Require(RasterWindows raster, int channels, bool areChosen)
    {
        if (channels == 3) raster.RequireColors("Say which three to use, e.g. --bands 1,2,3, or write a file with them: gdal_translate -b 1 -b 2 -b 3.");
        else if (raster.ReadableBands != channels) throw new BadInputException($"{(areChosen ? $"{raster.ReadableBands} bands were chosen of {raster.Path}" : $"{raster.Path} has {raster.Bands} bands")}, but the network takes {channels}. Say which to use, counted from 1, e.g. --bands {string.Join(',', Enumerable.Range(1, channels))}.");
    }
}

/// <summary>Tiles of a picture that is decoded already.</summary>
internal sealed class PictureTiles(Raster picture) : ITileSource
{
    public PixelSize Size => picture.Size;

    public TilePixels Read(int column, PixelBox box)
    {
        var inside = box.Intersect(PixelBox.Whole(Size));
        var pixels = new byte[checked((int)inside.Size.Area * 3)];
        for (var y = 0; y < inside.Height; y++) picture.Row(inside.Y + y).Slice(inside.X * 3, inside.Width * 3).CopyTo(pixels.AsSpan(y * inside.Width * 3));
        return new TilePixels(column, MirroredTile.Fill(pixels, inside.Size, box.Size, 3), null);
    }

    public void Dispose()
    {
    }
}
