namespace Altar.Images.GeoTiff;

/// <summary>Numbers of the fields that are read or written here (TIFF 6.0; GeoTIFF 1.1, OGC 19-008r4; GDAL's own).</summary>
internal static class TiffTags
{
    public const int
        Width = 256, Height = 257, BitsPerSample = 258, Compression = 259, Photometric = 262, StripOffsets = 273, Orientation = 274, SamplesPerPixel = 277,
        RowsPerStrip = 278, StripByteCounts = 279, XResolution = 282, YResolution = 283, PlanarConfiguration = 284, ResolutionUnit = 296, Predictor = 317,
        ColorMap = 320, TileWidth = 322, TileLength = 323, TileOffsets = 324, TileByteCounts = 325, ExtraSamples = 338, SampleFormat = 339,
        ModelPixelScale = 33550, IntergraphMatrix = 33920, ModelTiepoint = 33922, ModelTransformation = 34264,
        GeoKeyDirectory = 34735, GeoDoubleParams = 34736, GeoAsciiParams = 34737, GdalMetadata = 42112, GdalNoData = 42113, RationalPolynomials = 50844, GeoMetadata = 50909;
}
