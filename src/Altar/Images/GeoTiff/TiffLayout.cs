using Altar.Tensors;

namespace Altar.Images.GeoTiff;

/// <summary>How colours are stored (TIFF 6.0, field 262).</summary>
internal enum TiffColors
{
    WhiteIsZero = 0,
    BlackIsZero = 1,
    Rgb = 2,
    Palette = 3,
    YCbCr = 6,
}

/// <summary>Where the samples of a TIFF lie, and how they are coded.</summary>
internal sealed record TiffLayout
{
    private const int None = 1, Jpeg = 7;

    /// <summary>Strips that decode to more are read row by row, so that a file of one strip need not be decoded whole.</summary>
    private const long LargeStrip = 32 << 20, RowGroupBytes = 1 << 20;

    public required PixelSize Size { get; init; }

    public required int Samples { get; init; }

    public required int Bits { get; init; }

    public required bool IsFloat { get; init; }

    public required bool IsPlanar { get; init; }

    public required TiffColors Colors { get; init; }

    public required bool IsCompressed { get; init; }

    public required bool IsJpeg { get; init; }

    /// <summary>Kinds of the samples beyond the colour's own: 1 and 2 are alpha.</summary>
    public required IReadOnlyList<int> ExtraSamples { get; init; }

    public required bool IsTiled { get; init; }

    /// <summary>Size of the file's own tiles or strips.</summary>
    public required PixelSize Stored { get; init; }

    public int SampleBytes => Bits / 8;

    /// <summary>Samples of a pixel that lie in one block.</summary>
    public int BlockSamples => IsPlanar ? 1 : Samples;

    /// <summary>Whether blocks are groups of rows of a strip too large to be decoded at once.</summary>
    public bool IsRowWise => IsCompressed && !IsTiled && (long)RowBytes(Stored.Width) * Stored.Height > LargeStrip;

    /// <summary>Size of what is decoded at once.</summary>
    public PixelSize Block => !IsTiled && (IsRowWise || (!IsCompressed && (long)RowBytes(Stored.Width) * Stored.Height > RowGroupBytes))
        ? new PixelSize(Stored.Width, (int)Math.Clamp(RowGroupBytes / RowBytes(Stored.Width), 1, Stored.Height))
        : Stored;

    public int RowBytes(int width) => checked(width * BlockSamples * SampleBytes);

    /// <summary>Reads and checks the layout.</summary>
    /// <exception cref="DamagedPictureException">The file is damaged or cut off.</exception>
    /// <exception cref="BadInputException">It is coded in a way that is not read here.</exception>
    public static TiffLayout Read(TiffDirectory directory)
    {
        var size = new PixelSize(Side(directory, TiffTags.Width), Side(directory, TiffTags.Height));
        var isTiled = directory.Field(TiffTags.TileWidth) is not null;
        var rows = directory.Number(TiffTags.RowsPerStrip, uint.MaxValue);
        var compression = (int)directory.Number(TiffTags.Compression, None);
        return new TiffLayout
        {
            Size = size,
            Samples = (int)directory.Number(TiffTags.SamplesPerPixel, 1),
            Bits = BitsOf(directory),
            IsFloat = directory.Number(TiffTags.SampleFormat, 1) == 3,
            IsPlanar = directory.Number(TiffTags.PlanarConfiguration, 1) == 2,
            Colors = (TiffColors)directory.Number(TiffTags.Photometric, 1),
            IsCompressed = compression != None,
            IsJpeg = compression == Jpeg,
            ExtraSamples = directory.Field(TiffTags.ExtraSamples) is { } extra ? [.. extra.ToNumbers().Select(kind => (int)kind)] : [],
            IsTiled = isTiled,
            Stored = isTiled
                ? new PixelSize(Side(directory, TiffTags.TileWidth), Side(directory, TiffTags.TileLength))
                : new PixelSize(size.Width, (int)Math.Clamp(rows, 1, size.Height)),
        }.Checked(directory, compression);
    }

    private static int Side(TiffDirectory directory, int tag) => directory.Number(tag, 0) is >= 1 and <= int.MaxValue and var side
        ? (int)side
        : throw directory.Damaged($"is damaged: field {tag} of its directory, a width or height, is missing or 0");

    private static int BitsOf(TiffDirectory directory)
    {
        double[] bits = directory.Field(TiffTags.BitsPerSample) is { Count: > 0 } field ? field.ToNumbers() : [1];
        return bits.Distinct().Count() == 1
            ? (int)bits[0]
            : throw new BadInputException($"{directory.Path}: its bands have {string.Join(", ", bits)} bits; write them with the same, e.g. with gdal_translate -ot Byte.");
    }

    private TiffLayout Checked(TiffDirectory directory, int compression)
    {
        var path = directory.Path;
        if (Samples is < 1 or > 1024) throw directory.Damaged($"is damaged: it claims {Samples} bands");
        if (Bits is not (8 or 16) && !(Bits == 32 && IsFloat)) throw new BadInputException($"{path} has {Bits} bits a sample; 8, 16 and 32-bit float are read. Convert it, e.g. with gdal_translate -ot Byte -scale.");
        if (compression is not (None or 5 or Jpeg or 8 or 32946 or 32773)) throw new BadInputException($"{path} is compressed by method {compression}; uncompressed, LZW, Deflate, JPEG and PackBits are read. Convert it, e.g. with gdal_translate -co COMPRESS=DEFLATE.");
        if (!Enum.IsDefined(Colors) || (Colors == TiffColors.YCbCr && !IsJpeg)) throw new BadInputException($"{path} has the colour model {(int)Colors}; grey, RGB, palette and JPEG's YCbCr are read. Convert it to RGB.");
        if (Colors == TiffColors.Palette && (Bits != 8 || Samples != 1)) throw new BadInputException($"{path} has a palette for {Samples} bands of {Bits} bits; a palette is read for one band of 8. Convert it to RGB, e.g. with gdal_translate -expand rgb.");
        if (directory.Number(TiffTags.Orientation, 1) is not 1 and var turn) throw new BadInputException($"{path} is stored turned (orientation {turn}); windows are read from upright files. Save it upright.");
        return this;
    }
}
