using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Altar.Images.GeoTiff;

/// <summary>Where a raster lies on the earth: its GeoTIFF fields, and what they mean.</summary>
public sealed record GeoReference
{
    // Kept in a result byte by byte.
    private static readonly int[] KeptTags =
    [
        TiffTags.XResolution, TiffTags.YResolution, TiffTags.ResolutionUnit, TiffTags.ModelPixelScale, TiffTags.IntergraphMatrix, TiffTags.ModelTiepoint,
        TiffTags.ModelTransformation, TiffTags.GeoKeyDirectory, TiffTags.GeoDoubleParams, TiffTags.GeoAsciiParams, TiffTags.RationalPolynomials, TiffTags.GeoMetadata,
    ];

    private readonly TiffField? _noData, _metadata;

    /// <summary>The fields that say where and how large the raster's pixels are, to be written into a result as they are.</summary>
    public IReadOnlyList<TiffField> Fields { get; private init; } = [];

    /// <summary>From pixels to the map; null where the file does not say.</summary>
    public Affine? PixelToMap { get; private init; }

    /// <summary>The EPSG number of the coordinate system, e.g. 32633; null where it has none.</summary>
    public int? Epsg { get; private init; }

    /// <summary>Whether coordinates are longitude and latitude in degrees.</summary>
    public bool IsGeographic { get; private init; }

    /// <summary>Metres of a map unit; null where it is not known, and for degrees.</summary>
    public double? MetresPerUnit { get; private init; }

    /// <summary>Reads it from an open raster.</summary>
    /// <param name="raster">The raster.</param>
    /// <exception cref="DamagedPictureException">The file ends within one of the fields.</exception>
    public static GeoReference Of(RasterWindows raster)
    {
        ArgumentNullException.ThrowIfNull(raster);
        return new GeoReference(raster.Directory);
    }

    private GeoReference(TiffDirectory directory)
    {
        Fields = [.. KeptTags.Select(directory.Field).OfType<TiffField>()];
        (_noData, _metadata) = (directory.Field(TiffTags.GdalNoData), directory.Field(TiffTags.GdalMetadata));
        var keys = directory.Field(TiffTags.GeoKeyDirectory);
        (Epsg, IsGeographic) = (GeoKeys.Epsg(keys), GeoKeys.IsGeographic(keys));
        MetresPerUnit = IsGeographic ? null : GeoKeys.MetresPerUnit(keys);
        PixelToMap = Transformation(directory) is { } map ? (GeoKeys.IsPoint(keys) ? map.Shifted(-0.5, -0.5) : map) : null;
    }

    /// <summary>The fields of a result with other samples: all of <see cref="Fields"/>, and of GDAL's notes those that still hold.</summary>
    /// <param name="smallest">The smallest value of the result.</param>
    /// <param name="largest">The largest.</param>
    /// <remarks>"No data" is kept where no pixel of the result can have that value (0 would hide every background pixel of a mask); notes on single bands, e.g. their statistics, are left out.</remarks>
    public IReadOnlyList<TiffField> FieldsFor(double smallest, double largest)
    {
        List<TiffField> fields = [.. Fields];
        if (_noData is not null && !IsWithin(_noData.ToText(), smallest, largest)) fields.Add(_noData);
        if (_metadata is not null && OnWholeFile(_metadata) is { } kept) fields.Add(kept);
        return fields;
    }

    private static bool IsWithin(string value, double smallest, double largest) =>
        !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || (number >= smallest && number <= largest);

    private static TiffField? OnWholeFile(TiffField metadata)
    {
        try
        {
            var document = XElement.Parse(metadata.ToText());
            var ofBands = document.Elements().Where(item => item.Attribute("sample") is not null).ToList();
            if (ofBands.Count == 0) return metadata;
            ofBands.ForEach(item => item.Remove());
            return document.HasElements ? TiffField.Ascii(metadata.Tag, document.ToString()) : null;
        }
        catch (XmlException)
        {
            return null;   // nobody can read it
        }
    }

    // GeoTIFF 1.1, annex B.6: a matrix of 4 by 4, or a tie point (column, row, 0, x, y, z) with the scale of a pixel.
    private static Affine? Transformation(TiffDirectory directory)
    {
        if (directory.Field(TiffTags.ModelTransformation) is { Type: TiffFieldType.Real64, Count: >= 16 } matrix)
            return new Affine(matrix.Number(0), matrix.Number(1), matrix.Number(3), matrix.Number(4), matrix.Number(5), matrix.Number(7));
        if (directory.Field(TiffTags.ModelTiepoint) is not { Type: TiffFieldType.Real64, Count: >= 6 } tie) return null;
        if (directory.Field(TiffTags.ModelPixelScale) is not { Type: TiffFieldType.Real64, Count: >= 2 } scale) return null;
        return new Affine(scale.Number(0), 0, tie.Number(3), 0, -scale.Number(1), tie.Number(4)).Shifted(-tie.Number(0), -tie.Number(1));
    }
}
