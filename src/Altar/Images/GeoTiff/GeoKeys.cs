namespace Altar.Images.GeoTiff;

/// <summary>The keys of GeoTIFF that say what a raster's coordinates mean (GeoTIFF 1.1, OGC 19-008r4, section 7).</summary>
internal static class GeoKeys
{
    private const int ModelType = 1024, RasterType = 1025, GeodeticSystem = 2048, ProjectedSystem = 3072, LinearUnit = 3076, UserDefined = 32767;

    public static bool IsGeographic(TiffField? directory) => Value(directory, ModelType) == 2;

    /// <summary>Whether a tie point means the centre of a pixel and not its corner.</summary>
    public static bool IsPoint(TiffField? directory) => Value(directory, RasterType) == 2;

    /// <summary>The EPSG number of the coordinate system; null where it has none.</summary>
    public static int? Epsg(TiffField? directory)
    {
        var code = IsGeographic(directory) ? Value(directory, GeodeticSystem) : Value(directory, ProjectedSystem);
        return code is > 0 and < UserDefined ? code : null;
    }

    /// <summary>Metres of a unit of length; null where it is not said.</summary>
    public static double? MetresPerUnit(TiffField? directory) => Value(directory, LinearUnit) switch
    {
        9001 => 1,
        9002 => 0.3048,
        9003 => 1200.0 / 3937,
        _ => null,
    };

    // After a header of four numbers come four for each key: key, where its value lies (0: here), count, value.
    private static int? Value(TiffField? directory, int key)
    {
        if (directory is null || directory.Type != TiffFieldType.Unsigned16) return null;
        for (var at = 4; at + 3 < directory.Count; at += 4)
        {
            if ((int)directory.Number(at) == key && (int)directory.Number(at + 1) == 0) return (int)directory.Number(at + 3);
        }

        return null;
    }
}
