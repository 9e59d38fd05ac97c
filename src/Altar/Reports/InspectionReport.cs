using Altar.Augmentation;
using Altar.Datasets;
using Altar.Datasets.Inspecting;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Reports;

/// <summary>What an inspection found, on one page that needs no network, with its pictures and its numbers beside it.</summary>
public static class InspectionReport
{
    /// <summary>Names of the files: the page, the same for programs, samples of each class, copies; <c>augmented-NAME.jpg</c> for each preview.</summary>
    public const string PageName = "inspection.html", JsonName = "inspection.json", ContactName = "contact.jpg", CopiesName = "duplicates.jpg";

    private const int MostClasses = 200, MostFiles = 100, MostGroups = 12, PreviewPhotos = 6;

    /// <summary>Draws the pictures and writes the page.</summary>
    /// <param name="folder">Where; it is made.</param>
    /// <param name="inspection">What was found.</param>
    /// <param name="set">The pictures, for samples of them.</param>
    /// <param name="seed">Chooses the samples.</param>
    /// <param name="previews">Augmentations to show on some photos.</param>
    /// <param name="size">Input size of the network, for the previews.</param>
    public static void Write(
        string folder, Inspection inspection, PictureSet set, Seed seed, IReadOnlyList<AugmentationPreview> previews, PixelSize size)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(previews);
        AtomicFile.WriteText(Path.Combine(folder, JsonName), inspection.ToJson());
        ContactSheet.Save(Path.Combine(folder, ContactName), set, seed);
        SaveCopies(folder, inspection, set);
        SavePreviews(folder, inspection, set, seed, previews, size);

        AtomicFile.WriteText(Path.Combine(folder, PageName), Html.Page($"{inspection.Source}: inspection", string.Concat(
        [
            Header(inspection),
            inspection.Warnings.Count == 0 ? "" : $"<section class=\"warnings\"><h2>Warnings</h2>{Html.List(inspection.Warnings)}</section>\n",
            Html.Section("Classes", Classes(inspection), inspection.Classes.Count <= MostClasses ? "" : ReportNumbers.Text($"The first {MostClasses} of {inspection.Classes.Count}.")),
            Html.Section("Samples", Photos(folder, ContactName, "Photos of each class")),
            Html.Section("Sizes and formats", Sizes(inspection.Sizes) + Formats(inspection.Formats)),
            .. previews.Select(preview => Html.Section($"Augmented: {preview.Name}", Photos(folder, NameOf(preview), "Photos and random views of them"))),
            Copies(folder, inspection),
            Files("Duplicates with different labels", inspection.Conflicts.Select(group => string.Join("; ", group.Select(picture => $"{picture.Path} ({picture.Label})")))),
            Files("Files with the same content", inspection.SameFiles.Select(group => string.Join("; ", group))),
            Files("Damaged pictures", inspection.Damaged.Select(picture => $"{picture.Path}: {picture.Reason}")),
        ])));
    }

    private static string NameOf(AugmentationPreview preview) => $"augmented-{preview.Name}.jpg";

    // Photos of as many classes as there is room for, none of them damaged.
    private static void SavePreviews(
        string folder, Inspection inspection, PictureSet set, Seed seed, IReadOnlyList<AugmentationPreview> previews, PixelSize size)
    {
        var damaged = inspection.Damaged.Select(picture => picture.Path).ToHashSet(StringComparer.Ordinal);
        var photos = set.Samples.Where(sample => !damaged.Contains(sample.Path)).DistinctBy(sample => sample.Label).Take(PreviewPhotos).Select(sample => sample.Path).ToList();
        foreach (var preview in previews)
        {
            AugmentationSheet.Save(
                Path.Combine(folder, NameOf(preview)), $"{preview.Name}: the photo, then random views of it",
                photos, new Augmenter(preview.Options, size), seed.For(preview.Name));
        }
    }

    private static void SaveCopies(string folder, Inspection inspection, PictureSet set)
    {
        if (inspection.NearDuplicates.Count == 0) return;
        var labels = set.Samples.DistinctBy(sample => sample.Path).ToDictionary(sample => sample.Path, sample => sample.Label);
        var rows = inspection.NearDuplicates.Take(MostGroups).Select(group => new PhotoRow([.. group.Take(6).Select(path => PhotoCell.Of(path, NameOf(path), Path.GetFileName(path)))]));
        PhotoGrid.Save(Path.Combine(folder, CopiesName), ReportNumbers.Text($"Near-duplicates: {Math.Min(MostGroups, inspection.NearDuplicates.Count)} of {inspection.NearDuplicates.Count} groups"), [.. rows]);

        string NameOf(string path) => labels.TryGetValue(path, out var label) && label >= 0 ? set.Classes[label] : " ";
    }

    private static string Header(Inspection found) =>
        $"<header><h1>{Html.Escape(found.Source)}</h1><div class=\"tiles\">"
        + Html.Tile("pictures", ReportNumbers.Text($"{found.Pictures}"))
        + Html.Tile("classes", ReportNumbers.Text($"{found.Classes.Count}"))
        + Html.Tile("damaged", ReportNumbers.Text($"{found.Damaged.Count}"))
        + Html.Tile("same files", ReportNumbers.Text($"{found.SameFiles.Count}"), "groups")
        + Html.Tile("near-duplicates", ReportNumbers.Text($"{found.NearDuplicates.Count}"), "groups")
        + Html.Tile("label conflicts", ReportNumbers.Text($"{found.Conflicts.Count}"), "among duplicates")
        + Html.Tile("leaks to val", ReportNumbers.Text($"{found.Leaks.Sum(leak => leak.Pictures)}"), "pictures")
        + "</div></header>\n";

    private static string Classes(Inspection found)
    {
        var total = Math.Max(1, found.Pictures);
        return Html.Table(["class", "pictures", "share"], found.Classes.Take(MostClasses).Select(entry => (string[])
            [Html.Escape(entry.Name), ReportNumbers.Text($"{entry.Pictures}"), Html.Bar((double)entry.Pictures / total)]));
    }

    private static string Sizes(SizeSummary? sizes) => sizes is null ? "" : Html.Table(
        ["", "least", "median", "greatest"],
        [Row("width, pixels", sizes.Width), Row("height, pixels", sizes.Height), Row("shorter side, pixels", sizes.Shorter), Row("width by height", sizes.Aspect)]);

    private static string[] Row(string name, Spread spread) =>
        [name, ReportNumbers.Text($"{spread.Min:0.##}"), ReportNumbers.Text($"{spread.Median:0.##}"), ReportNumbers.Text($"{spread.Max:0.##}")];

    private static string Formats(IReadOnlyDictionary<string, int> formats) =>
        Html.Facts(formats.OrderByDescending(pair => pair.Value).Select(pair => (pair.Key, ReportNumbers.Text($"{pair.Value} pictures"))));

    private static string Photos(string folder, string name, string description) => Html.Picture(Path.Combine(folder, name), description, isDrawing: false);

    private static string Copies(string folder, Inspection found) =>
        found.NearDuplicates.Count == 0 ? "" : Html.Section("Near-duplicates", Photos(folder, CopiesName, "Groups of photos that look the same")
            + Html.Details("Files", Html.List(found.NearDuplicates.Take(MostFiles).Select(group => string.Join("; ", group)))));

    private static string Files(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        return all.Count == 0 ? "" : Html.Section(title, Html.List(all.Take(MostFiles)), all.Count <= MostFiles ? "" : ReportNumbers.Text($"The first {MostFiles} of {all.Count}."));
    }
}
