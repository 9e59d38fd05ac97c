using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Boxes;

/// <summary>Boxes in Pascal VOC's XML, a file a picture.</summary>
public static class VocFile
{
    /// <summary>Reads a file. Its corners are pixels counted from 1, both inside the box.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">It is no XML, or a box lacks a name or a side.</exception>
    public static MarkedPicture Read(string path)
    {
        try
        {
            var root = XDocument.Load(path).Root!;
            return new MarkedPicture(SizeOf(root), [.. root.Elements("object").Select((item, index) => ToBox(item, $"{path}: object {index + 1}"))]);
        }
        catch (XmlException error)
        {
            throw new BadInputException($"{path}: line {error.LineNumber}: this is no XML: {error.Message} Mend the file, or remove it with its picture.", error);
        }
    }

    private static PixelSize? SizeOf(XElement root) =>
        int.TryParse(root.Element("size")?.Element("width")?.Value, out var width) && int.TryParse(root.Element("size")?.Element("height")?.Value, out var height)
        && width > 0 && height > 0 ? new PixelSize(width, height) : null;

    private static MarkedBox ToBox(XElement item, string where)
    {
        var name = item.Element("name")?.Value.Trim();
        if (string.IsNullOrEmpty(name)) throw new BadInputException($"{where} has no name. Write <name>, or remove the object.");
        var box = new MarkedBox(name, Side("xmin") - 1, Side("ymin") - 1, Side("xmax"), Side("ymax"));
        return box.Right > box.Left && box.Bottom > box.Top ? box : throw new BadInputException($"{where} ({name}) ends before it begins. Exchange its corners, or remove the object.");

        double Side(string key) => double.TryParse(item.Element("bndbox")?.Element(key)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new BadInputException($"{where} ({name}) has no number for {key}. Write <bndbox> with xmin, ymin, xmax, ymax.");
    }
}
