using Altar.Images;
using BitMiracle.LibTiff.Classic;

namespace Altar.Tests.Datasets;

/// <summary>Small masks as files: '#' is building.</summary>
internal static class InriaMasks
{
    /// <summary>A TIFF of rows of letters.</summary>
    public static void Write(string path, params string[] rows) => WriteValues(path, rows[0].Length, [.. string.Concat(rows).Select(letter => letter == '#' ? (byte)255 : (byte)0)]);

    public static void WriteValues(string path, int width, byte[] values, Compression compression = Compression.NONE, int bands = 1, Photometric photometric = Photometric.MINISBLACK)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var tiff = Open(path, width, values.Length / width / bands, compression, bands, photometric);
        for (var y = 0; y < values.Length / width / bands; y++) tiff.WriteScanline(values, y * width * bands, y, 0);
    }

    /// <summary>Stored in tiles of 16x16.</summary>
    public static void WriteTiled(string path, int width, byte[] values)
    {
        var height = values.Length / width;
        using var tiff = Open(path, width, height, Compression.LZW, 1, Photometric.MINISBLACK);
        tiff.SetField(TiffTag.TILEWIDTH, 16);
        tiff.SetField(TiffTag.TILELENGTH, 16);
        for (var top = 0; top < height; top += 16)
        {
            for (var left = 0; left < width; left += 16)
            {
                var tile = new byte[16 * 16];
                for (var y = top; y < Math.Min(top + 16, height); y++)
                {
                    for (var x = left; x < Math.Min(left + 16, width); x++) tile[((y - top) * 16) + x - left] = values[(y * width) + x];
                }

                tiff.WriteTile(tile, left, top, 0, 0);
            }
        }
    }

    public static void WriteImage(string path, int width, int height)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        RasterWriter.Write(path, new Raster(new PixelSize(width, height)));
    }

    private static Tiff Open(string path, int width, int height, Compression compression, int bands, Photometric photometric)
    {
        var tiff = Tiff.Open(path, "w");
        tiff.SetField(TiffTag.IMAGEWIDTH, width);
        tiff.SetField(TiffTag.IMAGELENGTH, height);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, bands);
        tiff.SetField(TiffTag.BITSPERSAMPLE, 8);
        tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.PHOTOMETRIC, photometric);
        tiff.SetField(TiffTag.COMPRESSION, compression);
        return tiff;
    }
}
