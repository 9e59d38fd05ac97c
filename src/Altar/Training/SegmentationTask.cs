using Altar.Losses;
using Altar.Metrics;
using Altar.Networks.Segmentation;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>A class for each pixel: a weighted sum of named losses, and IoU, Dice and accuracy over all pixels of the validation pictures.</summary>
/// <remarks>The validation loss is that of <see cref="DefaultLoss"/>, whatever a stage minimises: stages stay comparable.</remarks>
/// <param name="classes">Names of the classes: one is a class against the background (one output, sigmoid), more share the pixels (softmax).</param>
public sealed class SegmentationTask(IReadOnlyList<string> classes) : LearningTask
{
    /// <summary>What masks are judged by.</summary>
    public static IReadOnlyList<Metric> Judgement { get; } = [Metric.Loss, Metric.Iou, Metric.Dice, Metric.Accuracy];

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => Judgement;

    /// <inheritdoc/>
    public override Metric DefaultBest => Metric.Iou;

    /// <summary>What stages minimise that name no loss: binary cross-entropy for one class, cross-entropy for more.</summary>
    /// <param name="classes">Number of classes.</param>
    public static IReadOnlyDictionary<string, double> DefaultLoss(int classes) => new Dictionary<string, double> { [classes == 1 ? "bce" : "cross_entropy"] = 1 };

    /// <inheritdoc/>
    public override IObjective ObjectiveOf(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return new PixelObjective(PixelLoss.From(stage.Loss ?? DefaultLoss(classes.Count), classes.Count), classes.Count, stage.ClassLoss);
    }

    /// <inheritdoc/>
    public override IValidationTally BeginValidation() => new Tally(classes);

    /// <summary>The class of each pixel.</summary>
    /// <param name="logits">Float [N, K, H, W].</param>
    /// <param name="threshold">For one class: the probability from which on a pixel belongs to it, in (0, 1). Default 0.5.</param>
    /// <returns>int64 [N, H, W].</returns>
    public static Tensor Decide(Tensor logits, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.shape[1] > 1) return logits.argmax(1);
        using var scope = NewDisposeScope();
        using var least = tensor((float)Math.Log(threshold / (1 - threshold)), device: logits.device);
        return logits.squeeze(1).ge(least).to(ScalarType.Int64).MoveToOuterDisposeScope();
    }

    // A network with a class head gives its scores as channels behind those of the pixels.
    private sealed class PixelObjective(PixelLoss loss, int channels, double classWeight) : IObjective
    {
        public Tensor Mean(Tensor output, Tensor targets) => Sum(output, pixels => loss.Mean(pixels, targets), targets, (scores, truth) => BinaryCrossEntropy.Mean(scores, truth));

        public Tensor Each(Tensor output, Tensor targets) => Sum(output, pixels => loss.EachSample(pixels, targets), targets, (scores, truth) => BinaryCrossEntropy.Each(scores, truth));

        private Tensor Sum(Tensor output, Func<Tensor, Tensor> ofPixels, Tensor targets, Func<Tensor, Tensor, Tensor> ofClasses)
        {
            if (output.shape[1] == channels) return ofPixels(output);
            using var scope = NewDisposeScope();
            var scores = output.narrow(1, channels, channels).select(3, 0).select(2, 0);             // [N, K]
            var truth = ClassPresence.Of(targets, channels).to(ScalarType.Int64);                    // [N, K]
            return ofPixels(output.narrow(1, 0, channels)).Plus(ofClasses(scores, truth), classWeight).MoveToOuterDisposeScope();
        }
    }

    private sealed class Tally(IReadOnlyList<string> classes) : IValidationTally
    {
        private readonly PixelLoss _loss = PixelLoss.From(DefaultLoss(classes.Count), classes.Count);
        private readonly PixelTally _pixels = new(classes);
        private double _lossSum;
        private long _pictures;

        public void Add(Tensor output, Tensor targets)
        {
            using var scope = NewDisposeScope();
            var count = targets.shape[0];
            _lossSum += count * _loss.Mean(output, targets).item<float>();
            _pictures += count;
            var (said, truth) = (Decide(output).cpu().contiguous(), targets.cpu().contiguous());   // [N, H, W]
            for (var i = 0; i < count; i++)
            {
                using var one = said[i];
                using var other = truth[i];
                _pixels.Add(one.data<long>().ToArray(), other.data<long>().ToArray());
            }
        }

        public MetricValues Values()
        {
            var scores = _pixels.Scores();
            return new((Metric.Loss, _lossSum / _pictures), (Metric.Iou, scores.MeanIou), (Metric.Dice, scores.MeanDice), (Metric.Accuracy, scores.Accuracy));
        }
    }
}
