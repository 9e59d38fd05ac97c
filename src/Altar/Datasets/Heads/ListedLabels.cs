using Altar.Datasets.Shards;
using Altar.Tensors;

namespace Altar.Datasets.Heads;

/// <summary>The labels that an index of shards lists, looked at before a sample is read.</summary>
internal static class ListedLabels
{
    /// <summary>Sees to it that the columns are there and every label that the index lists can be used.</summary>
    /// <param name="set">The shards.</param>
    /// <param name="layout">The heads.</param>
    /// <param name="labels">Head to column.</param>
    /// <exception cref="BadInputException">Unknown head, column or label.</exception>
    public static void Require(ShardSet set, HeadLayout layout, IReadOnlyDictionary<string, string> labels)
    {
        var target = new long[layout.Slots];
        foreach (var (name, column) in labels)
        {
            var head = layout[name];
            foreach (var text in set.RequireColumn(column).Values ?? []) head.Write(text, $"{set.Source}: column {column}", target);
        }
    }
}
