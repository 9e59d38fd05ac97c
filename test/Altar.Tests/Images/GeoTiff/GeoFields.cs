using Altar.Images.GeoTiff;

namespace Altar.Tests.Images.GeoTiff;

/// <summary>What QGIS would write for a tile in UTM zone 33 north, 30 cm a pixel.</summary>
internal static class GeoFields
{
    public static IReadOnlyList<TiffField> Utm33 { get; } =
    [
        TiffField.Doubles(33550, 0.3, 0.3, 0),
        TiffField.Doubles(33922, 0, 0, 0, 601234.5, 5401234.25, 0),
        Keys([(1024, 1), (1025, 1), (3072, 32633), (3076, 9001)]),
        TiffField.Doubles(34736, 0.5, 6378137),
        TiffField.Ascii(34737, "WGS 84 / UTM zone 33N|"),
        new TiffField(282, TiffFieldType.Fraction, [1, 0, 0, 0, 2, 0, 0, 0]),
        new TiffField(283, TiffFieldType.Fraction, [1, 0, 0, 0, 2, 0, 0, 0]),
        TiffField.Shorts(296, 1),
    ];

    public static TiffField Keys((int Key, int Value)[] keys) =>
        TiffField.Shorts(34735, [1, 1, 0, keys.Length, .. keys.SelectMany(key => new[] { key.Key, 0, 1, key.Value })]);

    public static TiffField NoData(string value) => TiffField.Ascii(42113, value);

    public static TiffField Metadata(string xml) => TiffField.Ascii(42112, xml);
}
