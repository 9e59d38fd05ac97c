using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Tests.Metrics;

public class MultiLabelTallyTests
{
    // By score: 0.9 yes, 0.8 no, 0.7 yes, 0.7 yes, 0.3 no, 0.1 yes.
    private static readonly PrecisionRecall Curve = PrecisionRecall.From([0.7f, 0.9f, 0.1f, 0.7f], [0.3f, 0.8f]);

    [Fact]
    public void Equal_scores_are_one_step() =>
        Assert.Equal([0.9f, 0.8f, 0.7f, 0.3f, 0.1f], Curve.Steps.Select(step => (float)step.Threshold));

    [Fact]
    public void Average_precision_is_precision_times_the_recall_gained()
    {
        Assert.Equal((1 / 4.0 * 1) + (2 / 4.0 * 3 / 4) + (1 / 4.0 * 4 / 6), Curve.AveragePrecision, 1e-12);
        Assert.True(double.IsNaN(PrecisionRecall.From([], [0.5f]).AveragePrecision));
        Assert.Equal(1, PrecisionRecall.From([0.9f, 0.8f], [0.7f]).AveragePrecision);
    }

    [Fact]
    public void Counts_are_those_of_what_scores_at_least_the_threshold()
    {
        Assert.Equal(new BinaryCounts(3, 1, 1, 1), Curve.At(0.5));
        Assert.Equal(new BinaryCounts(1, 0, 3, 2), Curve.At(0.9f));
        Assert.Equal(new BinaryCounts(0, 0, 4, 2), Curve.At(0.95));
        Assert.Equal(new BinaryCounts(4, 2, 0, 0), Curve.At(0));
    }

    [Fact]
    public void Thresholds_are_chosen_for_f1_precision_or_recall()
    {
        Assert.Equal(new BinaryCounts(4, 2, 0, 0), Curve.BestF1()!.Value.Counts);                      // F1 8/10; 6/8 at 0.7
        Assert.Equal(0.7f, (float)Curve.ForPrecision(0.75)!.Value.Threshold);
        Assert.Equal(0.9f, (float)Curve.ForPrecision(0.76)!.Value.Threshold);
        Assert.Equal(0.7f, (float)Curve.ForRecall(0.5)!.Value.Threshold);
        Assert.Equal(0.1f, (float)Curve.ForRecall(1)!.Value.Threshold);
    }

    [Fact]
    public void A_precision_that_no_threshold_reaches_has_none()
    {
        var hopeless = PrecisionRecall.From([0.5f], [0.9f]);

        Assert.Null(hopeless.ForPrecision(0.6));
        Assert.Null(PrecisionRecall.From([], [0.9f]).BestF1());
        Assert.Null(PrecisionRecall.From([], [0.9f]).ForRecall(0));
    }

    [Fact]
    public void A_diverged_score_is_an_error() =>
        Assert.Throws<ArgumentException>(() => PrecisionRecall.From([float.NaN], []));

    [Fact]
    public void Bands_reject_what_is_sure_and_pass_what_is_harmless()
    {
        var bands = DecisionBands.Choose(Curve, rejectPrecision: 0.9, passRecall: 0.75);

        Assert.Equal((0.9f, 0.7f), ((float)bands.RejectFrom, (float)bands.ReviewFrom));
        Assert.Equal([Decision.Reject, Decision.Review, Decision.Pass, Decision.Review], new[] { 0.95, 0.8, 0.2, double.NaN }.Select(bands.Of));
        Assert.Equal(new BandCounts(1, 1, 3, 2, 2, 1), bands.Divide(Curve));
    }

    [Fact]
    public void Bands_without_enough_precision_reject_nothing_and_without_breaches_review_all()
    {
        Assert.Equal(double.PositiveInfinity, DecisionBands.Choose(PrecisionRecall.From([0.5f], [0.9f])).RejectFrom);
        Assert.Equal(Decision.Review, DecisionBands.Choose(PrecisionRecall.From([], [0.9f])).Of(0.01));
    }

    [Fact]
    public void The_review_band_never_begins_above_the_reject_band()
    {
        var bands = DecisionBands.Choose(PrecisionRecall.From([0.9f, 0.6f], [0.1f]), 0.9, 0.5);

        Assert.Equal(bands.RejectFrom, bands.ReviewFrom);                                                // 0.6 is precise enough, 0.9 would find enough
        Assert.Equal(0.6f, (float)bands.RejectFrom);
    }

    [Fact]
    public void Labels_are_scored_one_by_one_and_together_without_unknown_targets()
    {
        var tally = new MultiLabelTally(["phone", "watermark", "rare"]);
        tally.Add([0.9f, 0.2f, 0.4f], [1, 0, -1]);
        tally.Add([0.6f, 0.7f, 0.4f], [0, 1, -1]);
        tally.Add([0.3f, 0.4f, 0.4f], [1, -1, -1]);

        var scores = tally.Scores();
        Assert.Equal(new BinaryCounts(1, 1, 1, 0), scores.PerLabel[0].Counts);
        Assert.Equal(new BinaryCounts(1, 0, 0, 1), scores.PerLabel[1].Counts);
        Assert.Equal(0, scores.PerLabel[2].Counts.Total);
        Assert.Equal((0.5 + 1) / 2, scores.MacroF1);
        Assert.Equal(4 / 6.0, scores.MicroF1, 1e-12);
        Assert.Equal(((0.5 + (0.5 * 2 / 3)) + 1) / 2, scores.MeanAveragePrecision, 1e-12);
        Assert.Equal([0.3f, 0.7f, 0.5f], tally.BestThresholds().Select(threshold => (float)threshold));
        Assert.Equal(new BinaryCounts(2, 1, 0, 0), tally.Scores(tally.BestThresholds()).PerLabel[0].Counts);
    }

    [Fact]
    public void Another_target_than_yes_no_or_unknown_is_an_error() =>
        Assert.Throws<ArgumentException>(() => new MultiLabelTally(["phone"]).Add([0.5f], [2]));

    [Fact]
    public void It_equals_the_count_over_all_pairs()
    {
        var random = new Seed(4).ToRandom();
        float[] positives = [.. Enumerable.Range(0, 40).Select(_ => random.Next(30) / 30f)], negatives = [.. Enumerable.Range(0, 60).Select(_ => random.Next(25) / 30f)];
        var curve = PrecisionRecall.From(positives, negatives);

        foreach (var step in curve.Steps)
        {
            var (found, alarms) = (positives.Count(score => score >= step.Threshold), negatives.Count(score => score >= step.Threshold));
            Assert.Equal(new BinaryCounts(found, alarms, 40 - found, 60 - alarms), step.Counts);
            Assert.Equal(step.Counts, curve.At(step.Threshold));
        }
    }
}
