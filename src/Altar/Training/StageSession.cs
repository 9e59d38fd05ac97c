using Altar.Batching;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training.Optimizers;
using Altar.Training.Tricks;
using static TorchSharp.torch;

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

    /// <summary>What accompanies the stage, in the order in which it is told; owned by the session.</summary>
    public IReadOnlyList<StageTrick> Tricks { get; init; } = [];

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

    /// <summary>The average that is validated and kept in the place of the network's weights; null where there is none (yet).</summary>
    public WeightAverage? Average => Tricks.OfType<WeightAverage>().FirstOrDefault(average => average.HasWeights);

    /// <summary>What a checkpoint is made of: the network's tensors, averaged where there is an average.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => Average is { } average ? average.Averaged(Network) : Network.state_dict();

    /// <summary>Puts the network into the stage's training mode.</summary>
    /// <param name="epoch">Of the stage, from 0. Default 0.</param>
    public void BeginEpoch(int epoch = 0)
    {
        ModuleModes.Train(Network, Stage);
        foreach (var trick in Tricks) trick.OnEpochStart(this, epoch);
    }

    /// <summary>Tells the tricks of a step.</summary>
    /// <param name="step">What happened.</param>
    public void AfterStep(StepTaken step)
    {
        foreach (var trick in Tricks) trick.OnStep(step);
    }

    /// <summary>Tells the tricks that the stage is over: an average becomes the network's weights.</summary>
    public void End()
    {
        foreach (var trick in Tricks) trick.OnStageEnd(this);
    }

    /// <summary>What optimizer and tricks remember, by name: all that decides the steps to come besides weights and state. Owned by them.</summary>
    public IReadOnlyDictionary<string, Tensor> TrickMemory =>
        Tricks.SelectMany(trick => trick.Memory.Select(entry => ($"{trick.Name}/{entry.Key}", entry.Value))).ToDictionary();

    /// <summary>Gives the tricks back what they remembered.</summary>
    /// <param name="memory">As <see cref="TrickMemory"/> gave it.</param>
    public void RestoreTricks(IReadOnlyDictionary<string, Tensor> memory)
    {
        var device = Network.parameters().First().device;
        foreach (var trick in Tricks)
        {
            var prefix = trick.Name + "/";
            trick.Restore(memory.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value), device);
        }
    }

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

    /// <summary>Scores the validation set with <see cref="Weights"/>, after an epoch's steps.</summary>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    /// <param name="epoch">Of the stage, from 0. Default 0.</param>
    public ValidationResult Validate(CancellationToken cancel, int epoch = 0)
    {
        foreach (var trick in Tricks) trick.OnEpochTrained(this, epoch, cancel);
        using var shown = Average?.Show(Network);
        return ValidationPass.Run(Network, Task, Validation, cancel);
    }

    /// <summary>Frees the memory of optimizer and tricks, and the batches.</summary>
    public void Dispose()
    {
        foreach (var trick in Tricks) trick.Dispose();
        Optimizer.Dispose();
        Training.Dispose();
        Validation.Dispose();
    }
}
