namespace Altar.Batching;

/// <summary>Puts what was computed of samples back in the order of their numbers.</summary>
public static class SampleOrder
{
    /// <summary>Gives items on as soon as all before them came. One whose predecessor never comes (a damaged picture) is held to the end.</summary>
    /// <param name="items">Each with the number of its sample; no number twice.</param>
    /// <param name="first">The least number. Default 0.</param>
    /// <returns>The items, by ascending number.</returns>
    public static IEnumerable<T> Restore<T>(IEnumerable<(int Sample, T Item)> items, int first = 0)
    {
        ArgumentNullException.ThrowIfNull(items);
        var held = new SortedDictionary<int, T>();
        foreach (var (sample, item) in items)
        {
            held.Add(sample, item);
            for (; held.Remove(first, out var next); first++) yield return next;
        }

        foreach (var item in held.Values) yield return item;
    }
}
