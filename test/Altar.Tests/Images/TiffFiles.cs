using Altar.Images;
using BitMiracle.LibTiff.Classic;

namespace Altar.Tests.Images;

/// <summary>TIFF files of the rarer kinds.</summary>
internal static class TiffFiles
{
    public static void Write(string path, Raster raster, int orientation)
    {
        using var tiff = Open(path, raster.Size, samples: 3, bits: 8, Photometric.RGB);
        tiff.SetField(TiffTag.ORIENTATION, (Orientation)orientation);
        for (var y = 0; y < raster.Size.Height; y++) tiff.WriteScanline(raster.Row(y).ToArray(), y);
    }

    public static void WriteCmyk16(string path, ushort cyan, ushort magenta, ushort yellow, ushort black)
    {
        using var tiff = Open(path, PixelSize.Square(4), samples: 4, bits: 16, Photometric.SEPARATED);
        ushort[] pixel = [cyan, magenta, yellow, black];
        var row = Enumerable.Repeat(pixel, 4).SelectMany(values => values).SelectMany(BitConverter.GetBytes).ToArray();
        for (var y = 0; y < 4; y++) tiff.WriteScanline(row, y);
    }

    private static Tiff Open(string path, PixelSize size, int samples, int bits, Photometric colours)
    {
        var tiff = Tiff.Open(path, "w");
        tiff.SetField(TiffTag.IMAGEWIDTH, size.Width);
        tiff.SetField(TiffTag.IMAGELENGTH, size.Height);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, samples);
        tiff.SetField(TiffTag.BITSPERSAMPLE, bits);
        tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.PHOTOMETRIC, colours);
        return tiff;
    }
}
