using Altar.Metrics;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>What a network learns: how its output is judged against the targets, while it trains and when it is validated.</summary>
public abstract class LearningTask
{
    /// <summary>The figures of a validation: a loss first, then the one that people ask for. Each can choose the best epoch.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The metric that chooses the best epoch where the recipe names none.</summary>
    public abstract Metric DefaultBest { get; }

    /// <summary>What a stage minimises.</summary>
    /// <param name="stage">Its rules.</param>
    public abstract IObjective ObjectiveOf(Stage stage);

    /// <summary>Begins to count a validation.</summary>
    public abstract IValidationTally BeginValidation();

    /// <summary>The class of each training sample, or null where a sample has no single class: what sampling by class goes by.</summary>
    public virtual IReadOnlyList<int>? Labels => null;

    /// <summary>What a stage asks for that this task cannot do: the key, and what is wrong with it. By default all that needs a single class for each sample.</summary>
    /// <param name="stage">The stage.</param>
    public virtual IEnumerable<(string Key, string Message)> Problems(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        const string Needs = "needs a single class for each sample, which this task has not; remove the key";
        if (stage.LabelSmoothing > 0) yield return ("label_smoothing", Needs);
        if (stage.ClassWeights != ClassWeighting.None) yield return ("class_weights", Needs);
        if (stage.Sampling.Kind is SamplingKind.Balanced or SamplingKind.Repeat) yield return ("sampling", Needs);
        if (stage.Suspects) yield return ("suspects", Needs);
    }
}

/// <summary>A loss between a network's output and the targets of a batch.</summary>
public interface IObjective
{
    /// <summary>The loss of a batch.</summary>
    /// <param name="output">What the network gave, float [N, ...].</param>
    /// <param name="targets">What the batch holds, int64 [N, ...].</param>
    /// <returns>Scalar.</returns>
    Tensor Mean(Tensor output, Tensor targets);

    /// <summary>The loss of each sample: what hard examples are chosen by. Its mean is <see cref="Mean"/> wherever the loss is a mean over samples.</summary>
    /// <param name="output">What the network gave, float [N, ...].</param>
    /// <param name="targets">What the batch holds, int64 [N, ...].</param>
    /// <returns>Float [N].</returns>
    Tensor Each(Tensor output, Tensor targets);

    /// <summary>Class probabilities, or null where a sample has no single class.</summary>
    /// <param name="output">What the network gave, float [N, ...].</param>
    /// <returns>Float [N, K], or null.</returns>
    Tensor? Probabilities(Tensor output) => null;
}

/// <summary>Counts a validation batch by batch; shares are taken at the end, never the mean of batch means.</summary>
public interface IValidationTally
{
    /// <summary>Adds a batch.</summary>
    /// <param name="output">What the network gave in evaluation mode, float [N, ...].</param>
    /// <param name="targets">The truth, int64 [N, ...].</param>
    void Add(Tensor output, Tensor targets);

    /// <summary>The figures of everything added so far, in the order of <see cref="LearningTask.Metrics"/>.</summary>
    MetricValues Values();
}
