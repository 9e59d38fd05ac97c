using Altar.Images;
using BitMiracle.LibTiff.Classic;

namespace Altar.Tests.Images;

/// <summary>How a test's raster is stored.</summary>
internal sealed record RasterKind
{
    public int Bands { get; init; } = 3;
    public int Bits { get; init; } = 8;
    public bool IsTiled { get; init; }
    public bool IsPlanar { get; init; }
    public int RowsPerStrip { get; init; } = 5;
    public Compression Compression { get; init; } = Compression.NONE;
    public Photometric Colors { get; init; } = Photometric.RGB;

    /// <summary>w; b: most significant byte first; 8: BigTIFF.</summary>
    public string Mode { get; init; } = "w";

    public Action<Tiff> More { get; init; } = _ => { };

    public override string ToString() => $"{Mode} {Bands}x{Bits} {(IsTiled ? "tiles" : "strips")} {(IsPlanar ? "planar" : "chunky")} {Compression}";
}

/// <summary>Rasters written by LibTiff, whose samples follow a formula.</summary>
internal static class RasterFiles
{
    public const int Tile = 16;

    /// <summary>The sample of a band: neighbours differ, and in 16 bits the lower byte is not 0.</summary>
    public static int Sample(int x, int y, int band, int bits) => bits == 8
        ? ((7 * x) + (13 * y) + (50 * band)) % 251
        : ((701 * x) + (1303 * y) + (9001 * band)) % 65521;

    public static void Write(string path, PixelSize size, RasterKind kind, Func<int, int, int, int>? sample = null)
    {
        sample ??= (x, y, band) => Sample(x, y, band, kind.Bits);
        using var tiff = Tiff.Open(path, kind.Mode);
        tiff.SetField(TiffTag.IMAGEWIDTH, size.Width);
        tiff.SetField(TiffTag.IMAGELENGTH, size.Height);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, kind.Bands);
        tiff.SetField(TiffTag.BITSPERSAMPLE, kind.Bits);
        tiff.SetField(TiffTag.PLANARCONFIG, kind.IsPlanar ? PlanarConfig.SEPARATE : PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.PHOTOMETRIC, kind.Colors);
        tiff.SetField(TiffTag.COMPRESSION, kind.Compression);
        if (kind.IsTiled)
        {
            tiff.SetField(TiffTag.TILEWIDTH, Tile);
            tiff.SetField(TiffTag.TILELENGTH, Tile);
        }
        else
        {
            tiff.SetField(TiffTag.ROWSPERSTRIP, kind.RowsPerStrip);
        }

        kind.More(tiff);
        var block = kind.IsTiled ? PixelSize.Square(Tile) : new PixelSize(size.Width, kind.RowsPerStrip);
        for (var plane = 0; plane < (kind.IsPlanar ? kind.Bands : 1); plane++)
        {
            for (var y = 0; y < size.Height; y += block.Height)
            {
                for (var x = 0; x < size.Width; x += block.Width) WriteBlock(tiff, size, kind, sample, new PixelBox(x, y, block.Width, block.Height), plane);
            }
        }
    }

    private static void WriteBlock(Tiff tiff, PixelSize size, RasterKind kind, Func<int, int, int, int> sample, PixelBox box, int plane)
    {
        var rows = kind.IsTiled ? box.Height : Math.Min(box.Height, size.Height - box.Y);
        List<byte> bytes = [];
        for (var y = box.Y; y < box.Y + rows; y++)
        {
            for (var x = box.X; x < box.Right; x++)
            {
                for (var band = kind.IsPlanar ? plane : 0; band < (kind.IsPlanar ? plane + 1 : kind.Bands); band++)
                {
                    var value = sample(x, y, band);
                    bytes.AddRange(kind.Bits switch
                    {
                        8 => [(byte)value],
                        16 => BitConverter.GetBytes((ushort)value),
                        _ => BitConverter.GetBytes((float)value),
                    });
                }
            }
        }

        if (kind.IsTiled) tiff.WriteEncodedTile(tiff.ComputeTile(box.X, box.Y, 0, (short)plane), [.. bytes], bytes.Count);
        else tiff.WriteEncodedStrip(tiff.ComputeStrip(box.Y, (short)plane), [.. bytes], bytes.Count);
    }
}
