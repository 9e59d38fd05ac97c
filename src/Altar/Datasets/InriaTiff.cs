using Altar.Images;
using Altar.Tensors;
using BitMiracle.LibTiff.Classic;

namespace Altar.Datasets;

/// <summary>Masks of one band as TIFF, read as they are stored: a picture reader would turn them into colours and hide what is wrong with them.</summary>
internal static class InriaTiff
{
    private const int StripRows = 64;

    /// <exception cref="BadInputException">Damaged, or not one band of 8 bits.</exception>
    public static InriaMask Read(string path) => Use(path, tiff =>
    {
        var size = CheckMask(path, tiff);
        var pixels = GC.AllocateUninitializedArray<byte>(checked((int)size.Area));
        var isWhole = tiff.IsTiled() ? FillFromTiles(tiff, pixels, size) : FillFromStrips(tiff, pixels, size);
        return isWhole ? new InriaMask(size, pixels, Number(tiff, TiffTag.COMPRESSION) != (int)Compression.NONE) : throw Damaged(path);
    });

    /// <exception cref="BadInputException">Damaged, or not one band of 8 bits.</exception>
    public static PixelSize CheckMask(string path) => Use(path, tiff => CheckMask(path, tiff));

    /// <exception cref="BadInputException">Damaged.</exception>
    public static PixelSize SizeOf(string path) => Use(path, tiff => Size(path, tiff));

    /// <summary>The mask as a TIFF with LZW, which every reader knows.</summary>
    public static byte[] Write(InriaMask mask)
    {
        TiffDecoder.Silence();
        using var stream = new MemoryStream();
        using (var tiff = Tiff.ClientOpen("memory", "w", stream, new TiffStream()))
        {
            tiff.SetField(TiffTag.IMAGEWIDTH, mask.Size.Width);
            tiff.SetField(TiffTag.IMAGELENGTH, mask.Size.Height);
            tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
            tiff.SetField(TiffTag.BITSPERSAMPLE, 8);
            tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
            tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
            tiff.SetField(TiffTag.COMPRESSION, Compression.LZW);
            tiff.SetField(TiffTag.ROWSPERSTRIP, StripRows);
            for (var y = 0; y < mask.Size.Height; y++) tiff.WriteScanline(mask.Pixels, y * mask.Size.Width, y, 0);
        }

        return stream.ToArray();
    }

    private static T Use<T>(string path, Func<Tiff, T> use)
    {
        TiffDecoder.Silence();
        try
        {
            using var tiff = Tiff.Open(path, "r") ?? throw Damaged(path);
            return use(tiff);
        }
        catch (Exception error) when (error is not (BadInputException or OutOfMemoryException))
        {
            throw Damaged(path, error);   // a port from C: damaged data end it in whichever exception comes first
        }
    }

    private static BadInputException Damaged(string path, Exception? cause = null) => new($"{path}: the TIFF is cut off or damaged. Write it again.", cause);

    private static PixelSize CheckMask(string path, Tiff tiff)
    {
        if (InriaMask.RefuseFormat(path, Number(tiff, TiffTag.SAMPLESPERPIXEL), Number(tiff, TiffTag.BITSPERSAMPLE)) is { } refusal) throw refusal;
        return Number(tiff, TiffTag.PHOTOMETRIC) == (int)Photometric.MINISWHITE
            ? throw new BadInputException($"{path}: 0 is stored as white (min-is-white), so 255 would be no building. Write it with 0 as black.")
            : Size(path, tiff);
    }

    private static PixelSize Size(string path, Tiff tiff)
    {
        var size = new PixelSize(Number(tiff, TiffTag.IMAGEWIDTH), Number(tiff, TiffTag.IMAGELENGTH));
        return size is { Width: > 0, Height: > 0 } && size.Area <= Array.MaxLength ? size : throw Damaged(path);
    }

    private static int Number(Tiff tiff, TiffTag tag) => tiff.GetFieldDefaulted(tag)?[0].ToInt() ?? 0;

    private static bool FillFromStrips(Tiff tiff, byte[] pixels, PixelSize size)
    {
        for (var y = 0; y < size.Height; y++)
        {
            if (!tiff.ReadScanline(pixels, y * size.Width, y, 0)) return false;
        }

        return true;
    }

    private static bool FillFromTiles(Tiff tiff, byte[] pixels, PixelSize size)
    {
        var (width, height) = (Number(tiff, TiffTag.TILEWIDTH), Number(tiff, TiffTag.TILELENGTH));
        var tile = new byte[tiff.TileSize()];
        for (var y = 0; y < size.Height; y += height)
        {
            for (var x = 0; x < size.Width; x += width)
            {
                if (tiff.ReadTile(tile, 0, x, y, 0, 0) < 0) return false;
                var columns = Math.Min(width, size.Width - x);
                for (var row = 0; row < Math.Min(height, size.Height - y); row++)
                    tile.AsSpan(row * width, columns).CopyTo(pixels.AsSpan(((y + row) * size.Width) + x));
            }
        }

        return true;
    }
}
