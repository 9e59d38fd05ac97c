using Altar.Datasets;
using Altar.Ensembling;
using Altar.Images;
using Altar.Inference;
using Altar.Inference.Views;
using Altar.Networks;
using static TorchSharp.torch;

namespace Altar.Tests.Inference;

/// <summary>Networks whose answers can be worked by hand, together.</summary>
public sealed class EnsemblePredictorTests : IDisposable
{
    private readonly ColourPictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    [InlineData(MeanKind.Arithmetic)]
    [InlineData(MeanKind.Geometric)]
    public void An_ensemble_averages_what_its_members_say(MeanKind mean)
    {
        var picture = _pictures.Write("a.png", 51, 0, 0);
        using var predictor = new Predictor([Member(1), Member(4)], mean);

        var said = Assert.Single(predictor.Predict([picture]));

        float[][] rows = [Row(2), Row(0.5)];
        Assert.Equal(ProbabilityMean.OfRows(rows, mean), said.Probabilities, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Members_with_other_inputs_are_joined_picture_by_picture_in_the_order_of_the_members()
    {
        List<Sample> pictures = [.. Enumerable.Range(0, 7).Select(i => i == 3 ? _pictures.WriteText("3.png") : _pictures.Write($"{i}.png", (byte)(30 * i), 0, 0))];
        using var one = new Predictor([Member(1)], MeanKind.Arithmetic);
        using var other = new Predictor([Member(3, size: 8)], MeanKind.Arithmetic);
        using var both = new Predictor([Member(1), Member(3, size: 8), Member(2)], MeanKind.Arithmetic);
        var setAside = new SetAside();

        var each = both.PredictEach(pictures, new PredictOptions { Batch = 2 }, setAside);

        Assert.Equal(["t1", "t3", "t2"], each.Select(member => member.Name));
        Assert.Equal(one.Predict(pictures).Select(said => said.Probabilities), each[0].Predictions.Select(said => said.Probabilities));
        Assert.Equal(other.Predict(pictures).Select(said => said.Probabilities), each[1].Predictions.Select(said => said.Probabilities));
        Assert.Equal(pictures.Where((_, i) => i != 3).Select(picture => picture.Path), each[2].Predictions.Select(said => said.Path));
        Assert.Equal("3.png", Path.GetFileName(Assert.Single(setAside.Items).Path));
    }

    [Fact]
    public void A_temperature_divides_the_logits()
    {
        using var predictor = new Predictor([Member(4)], MeanKind.Arithmetic);

        Assert.Equal(Row(0.5), Assert.Single(predictor.Predict([_pictures.Write("a.png", 51, 0, 0)])).Probabilities, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData("mirror")]
    [InlineData("scales+d4")]
    [InlineData("ten")]
    public void Views_of_a_picture_of_one_colour_change_nothing(string views)
    {
        var picture = _pictures.Write("a.png", 51, 102, 0);
        using var predictor = new Predictor([Member(1)], MeanKind.Arithmetic);

        var plain = Assert.Single(predictor.Predict([picture])).Probabilities;

        foreach (var mean in Enum.GetValues<MeanKind>())
            Assert.Equal(plain, Assert.Single(predictor.Predict([picture], new PredictOptions { Views = ViewPlan.Parse(views), ViewMean = mean })).Probabilities, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void The_answers_to_all_views_are_averaged_and_the_mean_of_logits_is_the_geometric_one()
    {
        // The left half is red; the network looks at the left half only: its mirrored answer differs.
        using var network = new LeftColour();
        using var member = new TrainedClassifier("left", network, ColourPictures.Card, CPU);
        using var scope = NewDisposeScope();
        var picture = zeros(1, 3, 4, 4);
        picture.slice(3, 0, 2, 1).slice(1, 0, 1, 1).fill_(0.2f);   // logits 2, 0, 0; mirrored 0, 0, 0

        var plan = ViewPlan.Parse("mirror");
        var arithmetic = member.Probabilities(picture, plan, MeanKind.Arithmetic).data<float>().ToArray();
        var geometric = member.Probabilities(picture, plan, MeanKind.Geometric).data<float>().ToArray();

        float[][] rows = [Row(2), [1f / 3, 1f / 3, 1f / 3]];
        Assert.Equal(ProbabilityMean.OfRows(rows, MeanKind.Arithmetic), arithmetic, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(ProbabilityMean.OfRows(rows, MeanKind.Geometric), geometric, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(Row(1), geometric, (a, b) => Math.Abs(a - b) < 1e-6);   // the mean of the logits is 1, 0, 0
    }

    [Fact]
    public void Views_go_with_shapes_and_predictions_keep_the_order_of_the_pictures()
    {
        List<Sample> pictures = [.. Enumerable.Range(0, 5).Select(i => _pictures.Write($"{i}.png", (byte)(50 * i), 0, 0))];
        var wide = Path.Combine(_pictures.Folder, "wide.png");
        RasterWriter.Write(wide, new Raster(new PixelSize(12, 4)));
        pictures.Insert(2, new Sample(wide, -1));
        using var predictor = new Predictor([Member(1)], MeanKind.Arithmetic);
        var options = new PredictOptions { Batch = 2, Views = ViewPlan.Parse("scales+mirror") };

        var shaped = predictor.Predict(pictures, options with { Shapes = [PixelSize.Square(4), new PixelSize(8, 4)] }).ToList();

        Assert.Equal(pictures.Select(picture => picture.Path), shaped.Select(said => said.Path));
        Assert.Equal(predictor.Predict(pictures).SelectMany(said => said.Probabilities), shaped.SelectMany(said => said.Probabilities), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    // Logits of a picture with a red of 51 are 2, 0, 0, divided by the temperature.
    private static TrainedClassifier Member(double temperature, int size = 4) =>
        new($"t{temperature}", new MeanColour(), ColourPictures.Card with { Temperature = temperature, Size = PixelSize.Square(size) }, CPU);

    private static float[] Row(double logit)
    {
        var sum = Math.Exp(logit) + 2;
        return [(float)(Math.Exp(logit) / sum), (float)(1 / sum), (float)(1 / sum)];
    }

    /// <summary>Ten times the mean of each colour in the left half.</summary>
    private sealed class LeftColour() : Classifier("left")
    {
        public override int EmbeddingLength => 3;

        public override string HeadPrefix => "head.";

        public override IReadOnlyList<string> Blocks => [];

        public override Tensor Embed(Tensor images) => images.narrow(3, 0, images.shape[3] / 2).mean([2, 3]);   // [N, 3]

        public override Tensor Score(Tensor embedding) => embedding * 10;                                        // [N, 3]
    }
}
