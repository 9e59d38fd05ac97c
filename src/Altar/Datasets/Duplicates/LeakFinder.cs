namespace Altar.Datasets.Duplicates;

/// <summary>Finds pictures of val that are known from train.</summary>
public static class LeakFinder
{
    private const int Shown = 3;

    /// <summary>Compares content, look and group. Reads and decodes every picture.</summary>
    /// <param name="train">What is learnt from.</param>
    /// <param name="val">What is judged by.</param>
    /// <param name="threads">Threads that read; 0: one for each processor.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <returns>At most one of each kind. A picture with the same content is not counted again as a near-duplicate.</returns>
    public static IReadOnlyList<Leak> Find(PictureSet train, PictureSet val, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(val);
        var damaged = new SetAside();
        return Find(train, val, PrintsOf(train, threads, damaged, cancel), PrintsOf(val, threads, damaged, cancel));
    }

    /// <summary>The same from fingerprints taken before.</summary>
    internal static IReadOnlyList<Leak> Find(PictureSet train, PictureSet val, Fingerprint[] trainPrints, Fingerprint[] valPrints)
    {
        var contents = trainPrints.DistinctBy(print => print.Content).ToDictionary(print => print.Content, print => print.Path);
        var looks = new LookIndex(trainPrints);
        var same = valPrints.Select(print => Example(print.Path, contents.GetValueOrDefault(print.Content)));
        var near = valPrints
            .Where(print => print.Look is not null && !contents.ContainsKey(print.Content))
            .Select(print => Example(print.Path, looks.Near(print.Look!).FirstOrDefault()?.Path));
        return Leaks(val, (LeakKind.SameFile, same), (LeakKind.NearDuplicate, near), (LeakKind.SameGroup, SameGroups(train, val)));
    }

    /// <summary>Compares groups, and the content of files of the same length. Decodes nothing: for sets whose pictures are too many to decode at every start.</summary>
    /// <param name="train">What is learnt from.</param>
    /// <param name="val">What is judged by.</param>
    /// <param name="cancel">Ends the search.</param>
    public static IReadOnlyList<Leak> FindQuickly(PictureSet train, PictureSet val, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(val);
        var byLength = train.Samples.Select(sample => sample.Path).Distinct(StringComparer.Ordinal).ToLookup(LengthOf);
        var contents = new Dictionary<string, string>(StringComparer.Ordinal);
        string ContentOf(string path) => contents.TryGetValue(path, out var known) ? known : contents[path] = Fingerprint.ContentOf(path);
        string? Copy(string path)
        {
            cancel.ThrowIfCancellationRequested();
            return byLength[LengthOf(path)].FirstOrDefault(other => other == path || ContentOf(other) == ContentOf(path));
        }

        var same = val.Samples.Select(sample => Example(sample.Path, Copy(sample.Path)));
        return Leaks(val, (LeakKind.SameFile, same), (LeakKind.SameGroup, SameGroups(train, val)));
    }

    private static Fingerprint[] PrintsOf(PictureSet set, int threads, SetAside damaged, CancellationToken cancel) =>
        Fingerprint.OfAll([.. set.Samples.Select(sample => sample.Path)], threads, damaged, cancel);

    private static IEnumerable<LeakExample?> SameGroups(PictureSet train, PictureSet val)
    {
        var groups = train.Samples.Where(sample => sample.Group is not null).DistinctBy(sample => sample.Group).ToDictionary(sample => sample.Group!, sample => sample.Path);
        return val.Samples.Select(sample => Example(sample.Path, sample.Group is null ? null : groups.GetValueOrDefault(sample.Group)));
    }

    private static LeakExample? Example(string val, string? train) => train is null ? null : new LeakExample(val, train);

    private static IReadOnlyList<Leak> Leaks(PictureSet val, params IEnumerable<(LeakKind Kind, IEnumerable<LeakExample?> Found)> kinds) =>
        [.. from kind in kinds
            let found = kind.Found.OfType<LeakExample>().ToList()
            where found.Count > 0
            select new Leak(kind.Kind, found.Count, val.Samples.Count, [.. found.Take(Shown)])];

    private static long LengthOf(string path) => new FileInfo(path).Length;
}
