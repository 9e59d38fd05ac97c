using Altar.Batching;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training.Optimizers;

namespace Altar.Training;

/// <summary>A stage made ready: what learns, by which optimizer, from which batches.</summary>
public sealed class StageSession : IDisposable
{
    /// <summary>Its rules.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The network; owned by the run.</summary>
    public required VisionNetwork Network { get; init; }

    /// <summary>What the network learns.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>Owned by the session.</summary>
    public required StageOptimizer Optimizer { get; init; }

    /// <summary>The step.</summary>
    public required TrainStep Step { get; init; }

    /// <summary>Batches to learn from; owned by the session.</summary>
    public required IBatchSource Training { get; init; }

    /// <summary>Batches to validate with; owned by the session.</summary>
    public required IBatchSource Validation { get; init; }

    /// <summary>Learning rate of a step of the stage, counted from 0.</summary>
    public required Func<int, double> Rate { get; init; }

    /// <summary>Steps of the stage done when a cycle of the rate ends.</summary>
    public required IReadOnlyList<int> CycleEnds { get; init; }

    /// <summary>The run's seed.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Steps in an epoch.</summary>
    public int StepsPerEpoch => Training.BatchesPerEpoch;

    /// <summary>Puts the network into the stage's training mode.</summary>
    public void BeginEpoch() => ModuleModes.Train(Network, Stage);

    /// <summary>The batches of the epoch at hand that are still to come. The next epoch's first ones are read while this one is validated.</summary>
    /// <param name="state">How far the run is.</param>
    /// <param name="cancel">Ends the epoch where it is.</param>
    public IEnumerable<Batch> Batches(TrainingState state, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Training
            .Epoch(state.EpochsInStage, state.BatchesInEpoch, preparesNext: state.EpochsInStage + 1 < Stage.Epochs, cancel)
            .UntilCancelled();
    }

    /// <summary>Chance of a step, e.g. its dropout.</summary>
    /// <param name="step">Counted over the run, from 0.</param>
    public Seed SeedOfStep(int step) => Seed.For("step").For(step);

    /// <summary>Scores the validation set.</summary>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    public ValidationResult Validate(CancellationToken cancel) => ValidationPass.Run(Network, Task, Validation, cancel);

    /// <summary>Frees the optimizer's memory and the batches.</summary>
    public void Dispose()
    {
        Optimizer.Dispose();
        Training.Dispose();
        Validation.Dispose();
    }
}
