using Altar.Datasets;
using Altar.Inference;
using Altar.Tensors;
using Altar.Tests.Networks;
using static TorchSharp.torch;

namespace Altar.Tests.Inference;

public sealed class PredictorTests : IDisposable
{
    private readonly ColourPictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    private static Predictor Create() => new(new MeanColour(), ColourPictures.Card, CPU);

    [Fact]
    public void Probabilities_are_the_softmax_of_the_networks_scores()
    {
        using var predictor = Create();

        var said = Assert.Single(predictor.Predict([_pictures.Write("a.png", 51, 0, 0, label: 2)]));   // logits 2, 0, 0

        var sum = Math.Exp(2) + 2;
        Assert.Equal([Math.Exp(2) / sum, 1 / sum, 1 / sum], said.Probabilities.Select(p => (double)p), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(2, said.Label);
        Assert.Equal(Path.Combine(_pictures.Folder, "a.png"), said.Path);
    }

    [Fact]
    public void Predictions_come_in_the_order_of_the_pictures_and_damaged_ones_are_listed()
    {
        var samples = Enumerable.Range(0, 11).Select(i => i % 4 == 2 ? _pictures.WriteText($"{i}.jpg") : _pictures.Write($"{i}.png", (byte)(20 * i), 0, 0)).ToList();
        var setAside = new SetAside();
        var done = new Counts();
        using var predictor = Create();

        var said = predictor.Predict(samples, new PredictOptions { Batch = 3, Threads = 3 }, setAside, done).ToList();

        Assert.Equal(samples.Where((_, i) => i % 4 != 2).Select(sample => sample.Path), said.Select(prediction => prediction.Path));
        Assert.Equal(said.Select(prediction => prediction.Probabilities[0]).Order(), said.Select(prediction => prediction.Probabilities[0]));
        Assert.Equal(["10.jpg", "2.jpg", "6.jpg"], setAside.Items.Select(item => Path.GetFileName(item.Path)));
        Assert.Equal([3, 6, 9, 11], done.Seen);
    }

    [Fact]
    public void It_can_be_left_early_and_leaves_no_tensor_behind()
    {
        var samples = Enumerable.Range(0, 9).Select(i => _pictures.Write($"{i}.png", 0, 0, 0)).ToList();
        using var predictor = Create();
        var before = LiveTensors.Count();

        Assert.Equal(3, predictor.Predict(samples, new PredictOptions { Batch = 2 }).Take(3).Count());

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void No_pictures_have_no_predictions()
    {
        using var predictor = Create();

        Assert.Empty(predictor.Predict([]));
    }

    [Fact]
    public void Evaluation_scores_what_could_be_read()
    {
        var set = new PictureSet("colours", ColourPictures.Card.Classes,
        [
            _pictures.Write("red.png", 200, 0, 0, label: 0),
            _pictures.Write("green.png", 0, 200, 0, label: 1),
            _pictures.Write("wrong.png", 200, 0, 0, label: 2),
            _pictures.WriteText("damaged.jpg", label: 0),
        ]);
        using var predictor = Create();

        var evaluation = Evaluator.Evaluate(predictor, set);

        Assert.Equal((3L, 2.0 / 3), (evaluation.Scores.Pictures, evaluation.Scores.Top1));
        Assert.Equal("damaged.jpg", Path.GetFileName(Assert.Single(evaluation.Skipped).Path));
        Assert.Equal(3, evaluation.Predictions.Count);
    }

    [Fact]
    public void A_set_without_one_readable_picture_is_bad_input()
    {
        var set = new PictureSet("colours", ColourPictures.Card.Classes, [_pictures.WriteText("damaged.jpg", label: 0)]);
        using var predictor = Create();

        var error = Assert.Throws<BadInputException>(() => Evaluator.Evaluate(predictor, set));

        Assert.StartsWith("colours: not one of 1 pictures can be read; the first: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_with_the_classes_in_another_order_is_refused()
    {
        using var predictor = Create();

        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(predictor, new PictureSet("colours", ["blue", "green", "red"], [])));
    }

    private sealed class Counts : IProgress<int>
    {
        public List<int> Seen { get; } = [];

        public void Report(int value) => Seen.Add(value);
    }
}
