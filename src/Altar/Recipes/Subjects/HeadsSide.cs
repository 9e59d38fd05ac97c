using Altar.Batching;
using Altar.Datasets.Heads;
using Altar.Datasets.Shards;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Recipes.Subjects;

/// <summary>The sets of one side of a run: lists of files, or shards; never both, since one is read by number and the other from front to back.</summary>
internal sealed class HeadsSide : IDisposable
{
    private readonly IReadOnlyList<LabelledSetOptions> _sets;
    private readonly IReadOnlyList<ShardSet> _shards;

    private HeadsSide(IReadOnlyList<LabelledSetOptions> sets, IReadOnlyList<ShardSet> shards) => (_sets, _shards) = (sets, shards);

    /// <summary>The sets as lists of files; null for shards.</summary>
    public LabelledSets? Listed { get; private set; }

    /// <summary>The sets as shards, with their targets; none for lists.</summary>
    public IReadOnlyList<ShardPart> Parts { get; private set; } = [];

    public int Count => Listed?.Samples.Count ?? _shards.Sum(set => set.Count);

    /// <summary>Sizes of the listed pictures, where several shapes ask for them.</summary>
    public IReadOnlyList<PixelSize?> Sizes { get; set; } = [];

    /// <summary>What a sample is called: its file, or its number in the shards.</summary>
    public string NameOf(int sample) => Listed?.Samples[sample].Path ?? $"sample {sample}";

    /// <summary>Opens the sets to learn from, whose labels are the classes of the heads.</summary>
    public static (HeadsSide Side, HeadLayout Layout) ToLearn(IReadOnlyList<LabelledSetOptions> sets, IReadOnlyList<HeadSpec> heads, CancellationToken cancel)
    {
        if (!AreShards(sets, "data.sets"))
        {
            var listed = LabelledSets.Open(sets, heads);
            return (new HeadsSide(sets, []) { Listed = listed }, listed.Layout);
        }

        var side = OpenShards(sets, cancel);
        try
        {
            var layout = ShardHeads.Layout([.. sets.Zip(side._shards, (set, shards) => new ShardLabels(shards, set.Labels))], heads);
            side.Label(layout);
            return (side, layout);
        }
        catch
        {
            side.Dispose();
            throw;
        }
    }

    /// <summary>Opens the sets to judge by.</summary>
    public static HeadsSide ToJudge(IReadOnlyList<LabelledSetOptions> sets, HeadLayout layout, CancellationToken cancel)
    {
        if (!AreShards(sets, "data.val")) return new HeadsSide(sets, []) { Listed = LabelledSets.Open(sets, layout) };
        var side = OpenShards(sets, cancel);
        try
        {
            side.Label(layout);
            return side;
        }
        catch
        {
            side.Dispose();
            throw;
        }
    }

    /// <summary>Labels of each value head, for its center and scale; null where they are not known before the shards are read.</summary>
    public HeadCensus? ValuesOf(HeadPlace head)
    {
        var columns = _sets.Zip(_shards).Where(pair => pair.First.Labels.ContainsKey(head.Name))
            .Select(pair => pair.Second.Index.Columns.First(column => column.Name == pair.First.Labels[head.Name])).ToList();
        return columns.Any(column => column.Values is null)
            ? null
            : HeadCensus.OfValues(head, columns.SelectMany(column => column.Values!), "data.sets");
    }

    public void Dispose()
    {
        foreach (var set in _shards) set.Dispose();
    }

    private static bool AreShards(IReadOnlyList<LabelledSetOptions> sets, string key)
    {
        var (shards, lists) = (sets.FirstOrDefault(set => ShardSet.IsShards(set.Path)), sets.FirstOrDefault(set => !ShardSet.IsShards(set.Path)));
        return shards is null || lists is null
            ? shards is not null
            : throw new BadInputException($"{key}: {shards.Path} is shards, and {lists.Path} is a list of files: one is read from front to back, the other in any order. Write the list into shards, too: altar shard {lists.Path} --out DIR.");
    }

    private static HeadsSide OpenShards(IReadOnlyList<LabelledSetOptions> sets, CancellationToken cancel)
    {
        var opened = new List<ShardSet>();
        var side = new HeadsSide(sets, opened);
        try
        {
            foreach (var set in sets) opened.Add(ShardSet.Open(set.Path, cancel: cancel));
            return side;
        }
        catch
        {
            side.Dispose();
            throw;
        }
    }

    private void Label(HeadLayout layout)
    {
        foreach (var (set, shards) in _sets.Zip(_shards)) ListedLabels.Require(shards, layout, set.Labels);
        Parts = [.. _sets.Zip(_shards, (set, shards) => new ShardPart(shards, new HeadColumns(layout, set.Labels), set.Weight))];
    }
}
