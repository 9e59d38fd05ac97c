using Altar.Losses;
using Altar.Metrics;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>One class for each picture: cross-entropy, and top-1, top-5 and log-loss.</summary>
/// <param name="classes">Names of the classes, in the order of the outputs.</param>
public sealed class ClassificationTask(IReadOnlyList<string> classes) : LearningTask
{
    /// <summary>What a classifier is judged by.</summary>
    public static IReadOnlyList<Metric> Judgement { get; } = [Metric.LogLoss, Metric.Top1, Metric.Top5];

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => Judgement;

    /// <inheritdoc/>
    public override Metric DefaultBest => Metric.LogLoss;

    /// <inheritdoc/>
    public override IObjective ObjectiveOf(Stage stage) => new ClassificationObjective();

    /// <inheritdoc/>
    public override IValidationTally BeginValidation() => new Tally(new ClassificationTally(classes));

    private sealed class ClassificationObjective : IObjective
    {
        public Tensor Mean(Tensor output, Tensor targets) => CrossEntropy.Mean(output, targets);

        public Tensor Each(Tensor output, Tensor targets) => nn.functional.cross_entropy(output, targets, reduction: nn.Reduction.None);
    }

    private sealed class Tally(ClassificationTally tally) : IValidationTally
    {
        public void Add(Tensor output, Tensor targets)
        {
            using var scope = NewDisposeScope();
            var probabilities = nn.functional.softmax(output, 1).cpu().contiguous();   // [N, K]
            var labels = targets.cpu();                                                // [N]
            var (values, truths) = (probabilities.data<float>().ToArray(), labels.data<long>().ToArray());
            var count = (int)probabilities.shape[1];
            for (var i = 0; i < truths.Length; i++) tally.Add((int)truths[i], values.AsSpan(i * count, count));
            GC.KeepAlive(probabilities);
            GC.KeepAlive(labels);
        }

        public MetricValues Values()
        {
            var scores = tally.Scores();
            return new((Metric.LogLoss, scores.LogLoss), (Metric.Top1, scores.Top1), (Metric.Top5, scores.Top5));
        }
    }
}
