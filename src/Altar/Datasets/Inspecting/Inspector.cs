using System.Globalization;
using Altar.Datasets.Duplicates;
using Altar.Images;

namespace Altar.Datasets.Inspecting;

/// <summary>Looks at every picture of a set.</summary>
internal static class Inspector
{
    /// <summary>A class with this many times the pictures of another is worth a warning.</summary>
    public const int LargestImbalance = 10;

    /// <summary>Pictures with a shorter side below this many pixels are worth a warning.</summary>
    public const int TinySide = 32;

    public static Inspection Inspect(string path, DataOptions options, CancellationToken cancel)
    {
        var set = PictureSource.Open(path, options);
        var damaged = new SetAside();
        string[] paths = [.. set.Samples.Select(sample => sample.Path)];
        var headers = PictureCheck.ReadHeaders(paths, damaged, options.Threads, cancel).OfType<PictureHeader>().ToList();
        var prints = Fingerprint.OfAll(paths, options.Threads, damaged, cancel);
        var (same, near) = (DuplicateFinder.Exact(prints), DuplicateFinder.Near(prints));

        var inspection = new Inspection
        {
            Source = path,
            Pictures = set.Samples.Count,
            Classes = [.. set.Classes.Select((name, label) => new ClassCount(name, set.Samples.Count(sample => sample.Label == label)))],
            Sizes = SizeSummary.Of([.. headers.Select(header => header.Size)]),
            Formats = headers.CountBy(header => header.Format.ToString()).ToDictionary(),
            Damaged = damaged.Items,
            SameFiles = same,
            NearDuplicates = near,
            Conflicts = ConflictsIn(set, same.Concat(near)),
            Leaks = DataSplit.IsFraction(options.Val) ? [] : LeaksInto(options, set, prints, cancel),
            Warnings = [],
        };
        return inspection with { Warnings = [.. Warnings(inspection, headers)] };
    }

    private static IReadOnlyList<IReadOnlyList<LabelledPath>> ConflictsIn(PictureSet set, IEnumerable<IReadOnlyList<string>> groups)
    {
        var labels = set.Samples.DistinctBy(sample => sample.Path).ToDictionary(sample => sample.Path, sample => set.Classes[sample.Label]);
        return [.. groups
            .Select(group => group.Select(path => new LabelledPath(path, labels[path])).ToList())
            .Where(group => group.DistinctBy(picture => picture.Label).Count() > 1)];
    }

    private static IReadOnlyList<Leak> LeaksInto(DataOptions options, PictureSet train, Fingerprint[] trainPrints, CancellationToken cancel)
    {
        var val = PictureSource.Open(options.Val, options, train.Classes);
        var valPrints = Fingerprint.OfAll([.. val.Samples.Select(sample => sample.Path)], options.Threads, new SetAside(), cancel);
        return LeakFinder.Find(train, val, trainPrints, valPrints);
    }

    private static IEnumerable<string> Warnings(Inspection found, List<PictureHeader> headers)
    {
        if (found.Classes.Count == 1) yield return $"There is one class only, '{found.Classes[0].Name}': nothing to tell it from.";
        var (rare, frequent) = (found.Classes.MinBy(c => c.Pictures)!, found.Classes.MaxBy(c => c.Pictures)!);
        if (frequent.Pictures >= LargestImbalance * rare.Pictures)
            yield return $"Classes are out of balance: {frequent.Pictures} pictures of '{frequent.Name}', {rare.Pictures} of '{rare.Name}'.";
        if (found.Damaged.Count > found.Pictures * SetAside.LargestShare)
            yield return string.Create(CultureInfo.InvariantCulture, $"{found.Damaged.Count} of {found.Pictures} pictures cannot be read, more than {SetAside.LargestShare * 100} %: training would stop.");
        var tiny = headers.Count(header => header.Size.Shorter < TinySide);
        if (tiny > 0) yield return $"{tiny} pictures are less than {TinySide} pixels wide or high.";
        if (found.Conflicts.Count > 0) yield return $"{found.Conflicts.Count} groups of duplicates carry different labels.";
        foreach (var leak in found.Leaks) yield return leak.Message;
    }
}
