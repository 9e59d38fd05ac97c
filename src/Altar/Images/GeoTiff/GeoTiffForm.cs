using Altar.Tensors;

namespace Altar.Images.GeoTiff;

/// <summary>What kind of raster is written.</summary>
public sealed record GeoTiffForm
{
    /// <summary>Its size in pixels.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>Bands, together for each pixel; at least 1. Default 1.</summary>
    public int Bands { get; init; } = 1;

    /// <summary>Whether samples are 32-bit floats instead of bytes. Default false.</summary>
    public bool IsFloat { get; init; }

    /// <summary>Further fields, e.g. <see cref="GeoReference.Fields"/>. Default none.</summary>
    public IReadOnlyList<TiffField> Fields { get; init; } = [];

    /// <summary>Side of the file's tiles in pixels, a multiple of 16. Default 256.</summary>
    public int TilePixels { get; init; } = 256;

    /// <summary>Whether offsets have 64 bits. Null (default): when the samples alone come near the 4 GiB of a TIFF.</summary>
    public bool? IsBig { get; init; }

    internal int PixelBytes => Bands * (IsFloat ? 4 : 1);

    internal bool NeedsBig => IsBig ?? Size.Area * PixelBytes > 4_000_000_000;

    internal GeoTiffForm Validated() => Bands is >= 1 and <= ushort.MaxValue && TilePixels >= 16 && TilePixels % 16 == 0
        ? this
        : throw new BadInputException($"A TIFF of {Bands} bands in tiles of {TilePixels} pixels cannot be written; write 1 or more bands, and tiles of a multiple of 16.");
}
