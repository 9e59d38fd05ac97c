using Altar.Metrics;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>One class for each picture: cross-entropy, and top-1, top-5 and log-loss.</summary>
/// <param name="classes">Names of the classes, in the order of the outputs.</param>
/// <param name="labels">The class of each training sample, for class weights and sampling by class. Default: not known.</param>
public sealed class ClassificationTask(IReadOnlyList<string> classes, IReadOnlyList<int>? labels = null) : LearningTask
{
    /// <summary>What a classifier is judged by.</summary>
    public static IReadOnlyList<Metric> Judgement { get; } = [Metric.LogLoss, Metric.Top1, Metric.Top5];

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => Judgement;

    /// <inheritdoc/>
    public override Metric DefaultBest => Metric.LogLoss;

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Labels => labels;

    /// <inheritdoc/>
    public override IObjective ObjectiveOf(Stage stage) => ClassificationObjective.Of(stage, classes, labels);

    /// <inheritdoc/>
    public override IEnumerable<(string Key, string Message)> Problems(Stage stage) => ClassificationObjective.Problems(stage);

    /// <inheritdoc/>
    public override IValidationTally BeginValidation() => new Tally(new ClassificationTally(classes));

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
