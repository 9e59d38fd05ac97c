using Altar.Datasets.Generated;
using Altar.Images;
using Altar.Images.GeoTiff;
using Altar.Tensors;

namespace Altar.Benchmarks;

/// <summary>Draws a set in Inria's layout as GeoTIFFs, for bench/inria-rehearsal.sh: two cities to learn from, two to be tested on.</summary>
internal static class AerialRehearsal
{
    private const double Metres = 0.3;

    /// <param name="folder">Where to; tiles that are there are drawn again.</param>
    /// <param name="side">Pixels of each side of a tile; Inria has 5000.</param>
    /// <param name="tiles">Tiles of each city to learn from, at least 6.</param>
    public static void Write(string folder, int side, int tiles)
    {
        NativeLibraries.Prepare();
        AerialScenes.Write(folder, new Seed(1), new AerialScenesOptions
        {
            Cities = ["harbour", "hills"], Tiles = tiles, TestCities = ["island", "valley"], TestTiles = 1, Size = PixelSize.Square(side),
            WritePicture = (path, picture) => Write(path, picture.Size, 3, picture.Pixels),
            WriteMask = (path, mask) => Write(path, mask.Size, 1, mask.Values),
        });
    }

    // Tiles of a city lie beside each other in UTM zone 33 north.
    private static void Write(string path, PixelSize size, int bands, byte[] pixels)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var number = int.Parse(name.AsSpan(name.AsSpan().IndexOfAnyInRange('0', '9')), System.Globalization.CultureInfo.InvariantCulture);
        TiffField[] place =
        [
            TiffField.Doubles(33550, Metres, Metres, 0),
            TiffField.Doubles(33922, 0, 0, 0, 500000 + (number * size.Width * Metres), 5000000, 0),
            TiffField.Shorts(34735, 1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32633),
        ];
        GeoTiffWriter.Write(path, new GeoTiffForm { Size = size, Bands = bands, Fields = place }, file => file.WriteRows(pixels.AsSpan(0, checked((int)size.Area * bands))));
    }
}
