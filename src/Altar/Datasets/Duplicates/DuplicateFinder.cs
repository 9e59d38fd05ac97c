namespace Altar.Datasets.Duplicates;

/// <summary>Groups the copies of a picture.</summary>
internal static class DuplicateFinder
{
    /// <summary>Files with the same content.</summary>
    /// <returns>Groups of at least two, in the order of their first picture.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Exact(IEnumerable<Fingerprint> prints) =>
        [.. prints.GroupBy(print => print.Content, print => print.Path).Where(group => group.Count() > 1).Select(group => group.ToList())];

    /// <summary>Pictures that look the same, one file for each content: what is joined through a third picture is one group.</summary>
    /// <returns>Groups of at least two, in the order of their first picture.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Near(IEnumerable<Fingerprint> prints)
    {
        var distinct = prints.DistinctBy(print => print.Content).Where(print => print.Look is not null).ToList();
        var index = new LookIndex(distinct);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        return [.. distinct.Select(print => Reach(print, index, reached)).Where(group => group.Count > 1)];
    }

    private static List<string> Reach(Fingerprint start, LookIndex index, HashSet<string> reached)
    {
        var group = new List<string>();
        var open = new Queue<Fingerprint>();
        if (reached.Add(start.Path)) open.Enqueue(start);
        while (open.TryDequeue(out var print))
        {
            group.Add(print.Path);
            foreach (var near in index.Near(print.Look!).Where(near => reached.Add(near.Path))) open.Enqueue(near);
        }

        return group;
    }
}
