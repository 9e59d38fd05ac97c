using Altar.Tensors;

namespace Altar.Datasets.Heads;

/// <summary>The union of several sets, each labelled for some of the heads. A sample has a target for every head; a missing label says so.</summary>
/// <remarks>The classes of a head are those of all sets together. The texts of the labels are kept once each, so a sample costs a reference a head.</remarks>
public sealed class LabelledSets : ISampleTargets
{
    private readonly LabelColumns _labels;

    private LabelledSets(HeadLayout layout, LabelColumns labels, IReadOnlyList<SetPart> sets) =>
        (Layout, _labels, Sets) = (layout, labels, sets);

    /// <summary>The heads with their classes.</summary>
    public HeadLayout Layout { get; }

    /// <summary>The sets, one after the other.</summary>
    public IReadOnlyList<SetPart> Sets { get; }

    /// <summary>All pictures, set by set in the order of their lists. Their class is -1: the targets are here.</summary>
    public IReadOnlyList<Sample> Samples => _labels.Samples;

    /// <summary>Pictures that had no label for any head and were left out.</summary>
    public int Unlabelled => _labels.Unlabelled;

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape => [Layout.Slots];

    /// <summary>Opens sets and sees to it that every label can be used.</summary>
    /// <param name="sets">At least one.</param>
    /// <param name="heads">All heads, in the order of the outputs.</param>
    /// <exception cref="BadInputException">An unknown head, a set that labels none, a head that no set labels and that lists no classes, weights on some sets only, a missing column or picture, or a label that its head does not know.</exception>
    public static LabelledSets Open(IReadOnlyList<LabelledSetOptions> sets, IReadOnlyList<HeadSpec> heads)
    {
        ArgumentNullException.ThrowIfNull(heads);
        var labels = LabelColumns.Read(sets, heads);
        return Open(sets, HeadLayout.Of([.. heads.Select((head, index) => WithClasses(head, labels.Distinct(index)))]), labels);
    }

    /// <summary>Opens sets whose classes are known: those of validation, or of a checkpoint.</summary>
    /// <param name="sets">At least one.</param>
    /// <param name="layout">The heads with their classes.</param>
    /// <exception cref="BadInputException">As above, or a label that the training pictures do not have.</exception>
    public static LabelledSets Open(IReadOnlyList<LabelledSetOptions> sets, HeadLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        HeadSpec[] heads = [.. layout.Heads.Select(head => new HeadSpec(head.Name, head.Kind, head.Classes) { SplitsWords = head.SplitsWords })];
        return Open(sets, layout, LabelColumns.Read(sets, heads));
    }

    /// <summary>Writes a sample's target.</summary>
    /// <param name="sample">Index into <see cref="Samples"/>.</param>
    /// <param name="target"><see cref="HeadLayout.Slots"/> numbers.</param>
    public void Write(int sample, Span<long> target)
    {
        for (var head = 0; head < Layout.Heads.Count; head++) Layout.Heads[head].Write(_labels.Text(sample, head), Samples[sample].Path, target);
    }

    /// <summary>How many samples have a label for a head.</summary>
    /// <param name="head">Index into the layout's heads.</param>
    public int Labelled(int head) => Enumerable.Range(0, Samples.Count).Count(sample => _labels.Text(sample, head) is { Length: > 0 });

    private static LabelledSets Open(IReadOnlyList<LabelledSetOptions> sets, HeadLayout layout, LabelColumns labels)
    {
        RequireWeights(sets);
        var target = new long[layout.Slots];
        for (var sample = 0; sample < labels.Samples.Count; sample++)
        {
            for (var head = 0; head < layout.Heads.Count; head++) layout.Heads[head].Write(labels.Text(sample, head), labels.Where(sample), target);
        }

        return new LabelledSets(layout, labels, labels.Sets);
    }

    private static HeadSpec WithClasses(HeadSpec head, IReadOnlyList<string> labels)
    {
        if (head.Kind == HeadKind.Value || head.Classes is { Count: > 0 }) return head;
        return labels.Count > 0
            ? head with { Classes = labels }
            : throw new BadInputException($"model.heads.{head.Name}: no set labels it, so its classes are not known. Name a column for it in data.sets[].labels, list its classes, or remove it.");
    }

    private static void RequireWeights(IReadOnlyList<LabelledSetOptions> sets)
    {
        var wrong = sets.FirstOrDefault(set => set.Weight is { } weight && !(weight > 0 && double.IsFinite(weight)));
        if (wrong is not null) throw new BadInputException($"data.sets: the weight of {wrong.Path} is {wrong.Weight}. It must be above 0; leave the set out if it is not wanted.");
        if (sets.Any(set => set.Weight is null) && sets.Any(set => set.Weight is not null))
            throw new BadInputException($"data.sets: {sets.First(set => set.Weight is null).Path} has no weight, others have. Give every set one, or none: then every picture comes once.");
    }
}
