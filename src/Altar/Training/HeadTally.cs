using Altar.Datasets.Heads;
using Altar.Metrics;

namespace Altar.Training;

/// <summary>Counts how one head fares over the samples that are labelled for it.</summary>
/// <param name="head">The head.</param>
/// <param name="center">Of a value: what the output 0 means. Default 0.</param>
/// <param name="scale">Of a value: what the output 1 means above it. Default 1.</param>
public sealed class HeadTally(HeadPlace head, double center = 0, double scale = 1)
{
    private readonly ClassificationTally? _classes = head.Kind is HeadKind.Single or HeadKind.Title ? new(head.Classes) : null;
    private bool _diverged;

    /// <summary>Samples that are labelled for the head.</summary>
    public long Labelled { get; private set; }

    /// <summary>Of single and title: top-1, log-loss, confusion; null for the others.</summary>
    public ClassificationScores? Classes => _classes?.Scores();

    /// <summary>Of multi: the scores of each label; null for the others.</summary>
    public MultiLabelTally? Labels { get; } = head.Kind == HeadKind.Multi ? new(head.Classes) : null;

    /// <summary>Of a value: its errors, in the unit of the value; null for the others.</summary>
    public ValueTally? Value { get; } = head.Kind == HeadKind.Value ? new() : null;

    /// <summary>The figures that a head of a kind has: top1, and top5 of a title; f1; mae.</summary>
    /// <param name="name">The head's name, which stands before each figure.</param>
    /// <param name="kind">Its kind.</param>
    public static IReadOnlyList<Metric> MetricsOf(string name, HeadKind kind) => kind switch
    {
        HeadKind.Single => [new($"{name}.top1")],
        HeadKind.Title => [new($"{name}.top1"), new($"{name}.top5")],
        HeadKind.Multi => [new($"{name}.f1")],
        _ => [new($"{name}.mae")],
    };

    /// <summary>Adds a sample; one without a label for the head is passed over.</summary>
    /// <param name="said">What the head says of it, as <see cref="HeadOutputs.Said"/> has it.</param>
    /// <param name="target">All slots of the sample.</param>
    public void Add(ReadOnlySpan<float> said, ReadOnlySpan<long> target)
    {
        if (!head.IsLabelled(target)) return;
        Labelled++;
        if (head.Kind == HeadKind.Multi) AddLabels(said, target.Slice(head.FirstSlot, head.Slots));
        else if (head.Kind == HeadKind.Value) Value!.Add(center + (scale * said[0]), HeadPlace.ToValue(target[head.FirstSlot]));
        else _classes!.Add((int)target[head.FirstSlot], said);
    }

    /// <summary>The figures of everything added so far, in the order of <see cref="MetricsOf"/>; F1 is the mean over labels at thresholds of 0.5.</summary>
    public IEnumerable<(Metric Metric, double Value)> Values()
    {
        double[] values = head.Kind switch
        {
            HeadKind.Single => [Classes!.Top1],
            HeadKind.Title => [Classes!.Top1, Classes.Top5],
            HeadKind.Multi => [_diverged ? double.NaN : Labels!.Scores().MacroF1],
            _ => [Value!.MeanAbsoluteError],
        };
        return MetricsOf(head.Name, head.Kind).Zip(values);
    }

    // A diverged network says NaN, which has no place among thresholds.
    private void AddLabels(ReadOnlySpan<float> said, ReadOnlySpan<long> slots)
    {
        foreach (var probability in said) _diverged |= float.IsNaN(probability);
        if (!_diverged) Labels!.Add(said, slots);
    }
}
