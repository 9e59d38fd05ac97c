using Altar.Datasets.Heads;
using Altar.Inference.Heads;
using Altar.Metrics;
using Altar.Networks;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Tests.Inference.Heads;

public class HeadCalibrationTests
{
    private static readonly HeadLayout Layout = HeadLayout.Of([new("rules", HeadKind.Multi, ["blurred", "text", "weapon"]), new("kind", HeadKind.Single, ["a", "b"])]);

    [Fact]
    public void Each_label_has_the_threshold_with_its_best_f1_and_bands()
    {
        var card = HeadCalibration.Choose(Rules(), new HeadOptions { Kind = HeadKind.Multi, RejectPrecision = 1, PassRecall = 1 });

        // blurred: 0.9 and 0.6 are true, 0.7 is not: all three are found with F1 4/5, more than 2/3 at 0.9. text: 0.8 alone.
        Assert.Equal([0.6f, 0.8f, 0.5], card.Thresholds!, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal((0.9f, 0.6f), ((float)card.Bands![0].RejectFrom, (float)card.Bands[0].ReviewFrom));
        Assert.Equal((double.PositiveInfinity, double.NegativeInfinity), (card.Bands[2].RejectFrom, card.Bands[2].ReviewFrom));   // nobody has it: review all
    }

    [Fact]
    public void A_wanted_precision_moves_the_threshold()
    {
        var card = HeadCalibration.Choose(Rules(), new HeadOptions { Kind = HeadKind.Multi, Precision = 0.9 });

        Assert.Equal(0.9f, (float)card.Thresholds![0]);
    }

    [Fact]
    public void Chosen_numbers_survive_the_card_also_infinite_ones()
    {
        var folder = Directory.CreateTempSubdirectory("altar-card-").FullName;
        var chosen = HeadCalibration.Choose(Rules(), new HeadOptions { Kind = HeadKind.Multi }) with { Thresholds = [0.5, double.PositiveInfinity, 0.25] };
        ModelCardFile.Write(folder, new ModelCard { Model = new ModelOptions(), Classes = ["rules/blurred", "rules/text", "rules/weapon"], Size = new(32, 32), Heads = [chosen], Shapes = [new(32, 32), new(48, 32)] });

        var card = ModelCardFile.Read(folder);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(chosen.Thresholds, card.Heads![0].Thresholds);
        Assert.Equal(chosen.Bands, card.Heads[0].Bands);
        Assert.Equal(["32", "32x48"], card.Shapes.Select(shape => $"{shape}"));
    }

    [Fact]
    public void A_network_that_is_too_sure_gets_a_temperature_above_one()
    {
        var rows = new HeadRows(1);
        rows.Outputs.AddRange([8, 0, 8, 0, 8, 0, 0, 8]);   // three a and a b, of which one a is wrong
        rows.Truths.AddRange([0, 0, 1, 1]);

        var card = HeadCalibration.Choose(new HeadJudgement(CardOf("kind"), new HeadTally(Layout["kind"]), rows), new HeadOptions());

        Assert.Equal(8 / Math.Log(3), card.Temperature, 1e-3);   // 3 of 4 are right: a probability of 3/4 is ln 3 apart
    }

    [Fact]
    public void Photos_that_are_all_right_make_no_network_certain()
    {
        var rows = new HeadRows(1);
        rows.Outputs.AddRange([1, 0, 0, 1]);
        rows.Truths.AddRange([0, 1]);

        Assert.Equal(1, HeadCalibration.Choose(new HeadJudgement(CardOf("kind"), new HeadTally(Layout["kind"]), rows), new HeadOptions()).Temperature);
    }

    [Fact]
    public void A_diverged_network_keeps_its_temperature()
    {
        var rows = new HeadRows(1);
        rows.Outputs.AddRange([float.NaN, 0]);
        rows.Truths.Add(0);

        Assert.Equal(1, HeadCalibration.Choose(new HeadJudgement(CardOf("kind"), new HeadTally(Layout["kind"]), rows), new HeadOptions()).Temperature);
    }

    [Fact]
    public void Bands_count_who_is_rejected_reviewed_and_passed()
    {
        var judgement = Rules() with { Card = CardOf("rules") with { Bands = [new(0.9f, 0.65), new(2, 2), new(2, 2)] } };
        judgement = new HeadJudgement(judgement.Card, judgement.Tally, null);

        Assert.Equal(new BandCounts(1, 1, 1, 0, 2, 1), judgement.Bands![0]);   // 0.9 | 0.7 | 0.6 and 0.1
    }

    private static HeadJudgement Rules()
    {
        var tally = new HeadTally(Layout["rules"]);
        foreach (var (said, truth) in ((float[], long[])[])
        [
            ([0.9f, 0.8f, 0.3f], [1, 1, 0]), ([0.7f, 0.1f, 0.2f], [0, 0, 0]), ([0.6f, 0.1f, 0.1f], [1, 0, 0]), ([0.1f, 0.1f, 0.1f], [0, 0, 0]), ([1, 1, 1], [-1, -1, -1]),
        ])
        {
            tally.Add(said, [.. truth, -1]);
        }

        return new HeadJudgement(CardOf("rules"), tally, null);
    }

    private static HeadCard CardOf(string head) => new() { Name = head, Kind = Layout[head].Kind, Classes = Layout[head].Classes };
}
