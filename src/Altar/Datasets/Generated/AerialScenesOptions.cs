using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Generated;

/// <summary>Which aerial tiles are drawn, and how they are written.</summary>
public sealed record AerialScenesOptions
{
    /// <summary>Cities to learn from, each with a look of its own. Letters and dashes; at least one. Default harbour, hills, plain.</summary>
    public IReadOnlyList<string> Cities { get; init; } = ["harbour", "hills", "plain"];

    /// <summary>Tiles of each of them, numbered from 1. At least 6, so that the split "first five of each city" leaves some. Default 20.</summary>
    public int Tiles { get; init; } = 20;

    /// <summary>Cities to be judged by that are not learnt from. Default island, valley.</summary>
    public IReadOnlyList<string> TestCities { get; init; } = ["island", "valley"];

    /// <summary>Tiles of each test city, at least 0. Default 6.</summary>
    public int TestTiles { get; init; } = 6;

    /// <summary>Size of a tile in pixels of 0.3 metres, at least 64 a side. Default 384; the Inria set has 5000.</summary>
    public PixelSize Size { get; init; } = PixelSize.Square(384);

    /// <summary>Threads that draw; 0 (default): one for each processor. A tile of 5000x5000 takes about 0.5 GB while it is drawn.</summary>
    public int Threads { get; init; }

    /// <summary>Writes a picture; the path ends in .tif. Default: a plain TIFF. Give a writer of GeoTIFFs for tiles that know where they lie.</summary>
    public Action<string, Raster> WritePicture { get; init; } = (path, picture) => File.WriteAllBytes(path, RasterWriter.Encode(path, picture));

    /// <summary>Writes a mask of 0 and 255. Default: a plain TIFF of one band.</summary>
    public Action<string, Mask> WriteMask { get; init; } = (path, mask) => File.WriteAllBytes(path, MaskWriter.Encode(path, mask));

    /// <summary>Returns itself when every value is in its range.</summary>
    /// <exception cref="BadInputException">A value is outside of its range.</exception>
    public AerialScenesOptions Validated() => this switch
    {
        { Cities.Count: 0 } => throw new BadInputException("generated aerial scenes: no city; name at least one."),
        _ when Cities.Concat(TestCities).FirstOrDefault(city => city.Length == 0 || !city.All(letter => char.IsAsciiLetter(letter) || letter == '-')) is { } city =>
            throw new BadInputException($"generated aerial scenes: '{city}' is no name of a city; write letters and dashes."),
        { Tiles: < 6 } => throw new BadInputException($"generated aerial scenes: {Tiles} tiles a city are too few; the first five validate, so write at least 6."),
        { TestTiles: < 0 } => throw new BadInputException($"generated aerial scenes: {TestTiles} test tiles; write 0 or more."),
        { Size.Shorter: < 64 } => throw new BadInputException($"generated aerial scenes: tiles of {Size} pixels are too small; write 64 or more."),
        _ => this,
    };
}
