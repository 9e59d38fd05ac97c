using System.Text.Json.Serialization;

namespace Altar.Metrics;

/// <summary>What happens to a sample that a rule may forbid.</summary>
public enum Decision
{
    /// <summary>It is let through.</summary>
    Pass,

    /// <summary>A person looks at it.</summary>
    Review,

    /// <summary>It is refused without a person.</summary>
    Reject,
}

/// <summary>Two thresholds that divide scores into pass, review and reject.</summary>
/// <param name="RejectFrom">Scores from here on are rejected; infinite: none is.</param>
/// <param name="ReviewFrom">Scores from here to <paramref name="RejectFrom"/> are reviewed, lower ones pass. At most <paramref name="RejectFrom"/>.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]   // an infinite threshold means never, or always
public readonly record struct DecisionBands(double RejectFrom, double ReviewFrom)
{
    /// <summary>Chooses the bands on validation scores.</summary>
    /// <remarks>Where no threshold is precise enough nothing is rejected; where no sample breaks the rule, so that nothing is known of it, everything is reviewed.</remarks>
    /// <param name="scores">Scores of the samples that break the rule (positives) and of the others.</param>
    /// <param name="rejectPrecision">Share of the rejected that must break the rule, in [0, 1]. Default 0.95.</param>
    /// <param name="passRecall">Share of the breaking ones that must not pass, in [0, 1]. Default 0.99.</param>
    public static DecisionBands Choose(PrecisionRecall scores, double rejectPrecision = 0.95, double passRecall = 0.99)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var reject = scores.ForPrecision(rejectPrecision)?.Threshold ?? double.PositiveInfinity;
        var review = scores.ForRecall(passRecall)?.Threshold ?? double.NegativeInfinity;
        return new DecisionBands(reject, Math.Min(reject, review));
    }

    /// <summary>What happens to a sample. NaN is reviewed.</summary>
    /// <param name="score">Its score.</param>
    public Decision Of(double score) => score switch
    {
        double.NaN => Decision.Review,
        _ when score >= RejectFrom => Decision.Reject,
        _ when score >= ReviewFrom => Decision.Review,
        _ => Decision.Pass,
    };

    /// <summary>How many samples fall in each band.</summary>
    /// <param name="scores">Scores of samples.</param>
    public BandCounts Divide(PrecisionRecall scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var (rejected, stopped) = (scores.At(RejectFrom), scores.At(ReviewFrom));
        return new BandCounts(
            rejected.Said, rejected.TruePositives,
            stopped.Said - rejected.Said, stopped.TruePositives - rejected.TruePositives,
            stopped.FalseNegatives + stopped.TrueNegatives, stopped.FalseNegatives);
    }
}

/// <summary>Samples in each band, and how many of them break the rule.</summary>
/// <param name="Rejected">Refused without a person.</param>
/// <param name="RejectedBreaking">Of these, rightly.</param>
/// <param name="Reviewed">Seen by a person.</param>
/// <param name="ReviewedBreaking">Of these, breaking the rule.</param>
/// <param name="Passed">Let through.</param>
/// <param name="PassedBreaking">Of these, wrongly.</param>
public readonly record struct BandCounts(long Rejected, long RejectedBreaking, long Reviewed, long ReviewedBreaking, long Passed, long PassedBreaking);
