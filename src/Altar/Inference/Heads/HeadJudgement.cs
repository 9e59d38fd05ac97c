using Altar.Metrics;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Inference.Heads;

/// <summary>How one head fares on labelled pictures.</summary>
/// <param name="Card">The head, with its thresholds.</param>
/// <param name="Tally">What was counted.</param>
/// <param name="Rows">Outputs that were kept; none unless asked for.</param>
public sealed record HeadJudgement(HeadCard Card, HeadTally Tally, HeadRows? Rows)
{
    /// <summary>Of a multi head: each label at its threshold; null for the others.</summary>
    public MultiLabelScores? Labels { get; } = Tally.Labels?.Scores(Card.Thresholds ?? [.. Card.Classes.Select(_ => 0.5)]);

    /// <summary>Of a multi head with bands: for each label how many pictures are in each; null for the others.</summary>
    public IReadOnlyList<BandCounts>? Bands { get; } = Tally.Labels is { } labels && Card.Bands is { } bands
        ? [.. bands.Select((band, label) => band.Divide(labels.CurveOf(label)))]
        : null;

    /// <summary>The figure that one asks for first: top1, f1 at the thresholds, or mae.</summary>
    public (string Name, double Value) Headline => Tally switch
    {
        { Classes: { } classes } => ("top1", classes.Top1),
        { Value: { } value } => ("mae", value.MeanAbsoluteError),
        _ => ("f1", Labels!.MacroF1),
    };
}
