using Altar.Datasets.Heads;
using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>A set of shards and which heads it has labels for.</summary>
/// <param name="Set">The shards.</param>
/// <param name="Labels">Head to column; at least one.</param>
public sealed record ShardLabels(ShardSet Set, IReadOnlyDictionary<string, string> Labels);

/// <summary>The heads of several sets of shards, from their indices alone.</summary>
public static class ShardHeads
{
    /// <summary>Lays the heads out; the classes of a head are those it lists, else those of all sets together by ordinal order.</summary>
    /// <param name="sets">At least one.</param>
    /// <param name="heads">All heads, in the order of the outputs.</param>
    /// <exception cref="BadInputException">An unknown head or column, a set that labels none, a head that no set labels and that lists no classes, or a column with too many different texts.</exception>
    public static HeadLayout Layout(IReadOnlyList<ShardLabels> sets, IReadOnlyList<HeadSpec> heads)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(heads);
        foreach (var (set, labels) in sets) RequireHeads(set, labels, heads);
        return HeadLayout.Of([.. heads.Select(head => WithClasses(head, sets))]);
    }

    private static void RequireHeads(ShardSet set, IReadOnlyDictionary<string, string> labels, IReadOnlyList<HeadSpec> heads)
    {
        if (labels.Count == 0) throw new BadInputException($"data.sets: {set.Source} labels no head. Name at least one, such as labels: {{{heads[0].Name}: label}}.");
        foreach (var (head, column) in labels)
        {
            if (heads.All(known => known.Name != head)) throw new BadInputException($"data.sets: {set.Source}: {HeadLayout.Unknown(head, heads.Select(known => known.Name)).Message}");
            set.RequireColumn(column);
        }
    }

    private static HeadSpec WithClasses(HeadSpec head, IReadOnlyList<ShardLabels> sets)
    {
        if (head.Kind == HeadKind.Value || head.Classes is { Count: > 0 }) return head;
        string[] classes =
        [
            .. sets.Where(set => set.Labels.ContainsKey(head.Name))
                .SelectMany(set => set.Set.Classes(set.Labels[head.Name]))
                .SelectMany(text => HeadPlace.LabelsIn(head.Kind, text, head.SplitsWords))
                .Distinct().Order(StringComparer.Ordinal),
        ];
        return classes.Length > 0
            ? head with { Classes = classes }
            : throw new BadInputException($"model.heads.{head.Name}: no set labels it, so its classes are not known. Name a column for it in data.sets[].labels, list its classes, or remove it.");
    }
}
