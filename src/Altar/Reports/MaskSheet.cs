using System.Globalization;
using Altar.Inference.Masks;

namespace Altar.Reports;

/// <summary>Masks worth a look, as one picture: photo, truth, prediction, errors.</summary>
public static class MaskSheet
{
    private const int NoBackground = -2, ClassesInLine = 5;   // no pixel has the former

    /// <summary>Draws and writes the sheet.</summary>
    /// <param name="path">The JPEG file.</param>
    /// <param name="title">The heading.</param>
    /// <param name="worst">The worst pictures, worst first.</param>
    /// <param name="best">The best pictures, best first.</param>
    /// <param name="classes">Names of the classes: one for a class against the background, else all.</param>
    public static void Save(string path, string title, IReadOnlyList<MaskExample> worst, IReadOnlyList<MaskExample> best, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(worst);
        ArgumentNullException.ThrowIfNull(best);
        ArgumentNullException.ThrowIfNull(classes);
        var legend = classes.Count == 1 ? "green: found, blue: missed, red: wrongly found" : "last column: pixels of another class are red";
        PhotoGrid.Save(path, title,
        [
            .. Legend(classes),
            .. Rows(worst, $"Worst ({legend})", classes),
            .. Rows(best, "Best", classes),
        ]);
    }

    // In lines that fit; a single class needs none.
    private static IEnumerable<PhotoRow> Legend(IReadOnlyList<string> classes) => classes.Count == 1 ? [] : classes.Index()
        .Where(entry => entry.Item != "background")
        .Select(entry => $"{MaskOverlay.NameOfColor(entry.Index)}: {entry.Item}")
        .Chunk(ClassesInLine)
        .Select(line => new PhotoRow([], string.Join(", ", line)));

    private static IEnumerable<PhotoRow> Rows(IReadOnlyList<MaskExample> examples, string heading, IReadOnlyList<string> classes)
    {
        foreach (var (index, example) in examples.Index()) yield return new PhotoRow(Cells(example, classes), index == 0 ? heading : "");
    }

    private static IReadOnlyList<PhotoCell> Cells(MaskExample example, IReadOnlyList<string> classes)
    {
        var isBinary = classes.Count == 1;
        var background = isBinary ? 0 : classes.Index().Where(entry => entry.Item == "background").Select(entry => entry.Index).DefaultIfEmpty(NoBackground).First();
        return
        [
            new(() => example.Photo, example.Name),
            new(() => MaskOverlay.Classes(example.Photo, example.Truth, background), "truth"),
            new(() => MaskOverlay.Classes(example.Photo, example.Prediction, background), "prediction"),
            new(() => isBinary ? MaskOverlay.Errors(example.Photo, example.Truth, example.Prediction) : MaskOverlay.WrongPixels(example.Photo, example.Truth, example.Prediction),
                string.Create(CultureInfo.InvariantCulture, $"IoU {example.Score:0.000}")),
        ];
    }
}
