using System.Runtime.InteropServices;
using Altar.Metrics;
using Altar.Networks;
using Altar.Training.Checkpoints;

namespace Altar.Inference.Heads;

/// <summary>Chooses on validation pictures what a head needs besides its weights: temperature, thresholds, bands.</summary>
public static class HeadCalibration
{
    /// <summary>The head's card with what was chosen.</summary>
    /// <remarks>
    /// Single and title: the temperature with the least log-loss (arXiv:1706.04599), 1 where every guess is right. Multi: for each label the threshold with the best F1, or the
    /// one that finds the most at the wanted precision; and the bands. Where val has no positive of a label, its threshold is 0.5; where no threshold reaches the
    /// wanted precision, it is infinite: the label is never said.
    /// </remarks>
    /// <param name="judgement">The head on the validation pictures, its single-label outputs kept.</param>
    /// <param name="options">The wanted precision and recall.</param>
    public static HeadCard Choose(HeadJudgement judgement, HeadOptions options)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        ArgumentNullException.ThrowIfNull(options);
        var card = judgement.Card;
        if (judgement.Rows is { } rows && rows.Truths.Count > 0) return card with { Temperature = TemperatureOf(rows, card.Classes.Count) };
        if (judgement.Tally.Labels is not { } labels || judgement.Tally.Labelled == 0) return card;
        List<PrecisionRecall> curves = [.. card.Classes.Select((_, label) => labels.CurveOf(label))];
        return card with
        {
            Thresholds = [.. curves.Select(curve => ThresholdOf(curve, options.Precision))],
            Bands = [.. curves.Select(curve => DecisionBands.Choose(curve, options.RejectPrecision, options.PassRecall))],
        };
    }

    // A diverged network has no temperature that mends it. Where every guess is right the fit has no end: a few photos must not make a network certain.
    private static double TemperatureOf(HeadRows rows, int classes)
    {
        var outputs = CollectionsMarshal.AsSpan(rows.Outputs);
        foreach (var output in outputs)
        {
            if (!float.IsFinite(output)) return 1;
        }

        var fitted = Temperature.Fit(outputs, CollectionsMarshal.AsSpan(rows.Truths), classes);
        return fitted > Temperature.Lowest * 1.001 ? fitted : 1;
    }

    private static double ThresholdOf(PrecisionRecall curve, double? precision) => curve.Positives == 0
        ? 0.5
        : precision is { } wanted ? curve.ForPrecision(wanted)?.Threshold ?? double.PositiveInfinity : curve.BestF1()!.Value.Threshold;
}
