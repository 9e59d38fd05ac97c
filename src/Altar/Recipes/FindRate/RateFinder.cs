using Altar.Inference;
using Altar.Networks;
using Altar.Schedules;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Recipes.FindRate;

/// <summary>What was found for a stage.</summary>
/// <param name="Stage">The stage, as the recipe has it.</param>
/// <param name="Search">Its curve.</param>
public sealed record StageRates(Stage Stage, RateSearch Search);

/// <summary>Searches a rate for each stage of a recipe: a few steps at rates that rise from step to step (arXiv:1506.01186).</summary>
public static class RateFinder
{
    /// <summary>Searches. Every stage starts from the same weights, its own part learns, and nothing is written.</summary>
    /// <param name="recipe">The recipe; rates and schedules of its stages are not used.</param>
    /// <param name="options">Which rates.</param>
    /// <param name="from">A run or checkpoint whose weights are started from, such as one that a first stage left. Null: the recipe's.</param>
    /// <param name="device">auto, cpu, or cuda:N.</param>
    /// <param name="progress">Told what is searched.</param>
    /// <param name="cancel">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <returns>One for each stage.</returns>
    /// <exception cref="BadInputException">The data, the recipe, the options or the checkpoint cannot be used.</exception>
    public static IReadOnlyList<StageRates> Search(
        Recipe recipe, RateSearchOptions options, string? from, string device, IProgress<TrainingEvent> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        options.Validated();
        using var run = PreparedRun.Open(recipe, device, fillsWeights: from is null, progress, cancel);
        if (from is not null) RunCheckpoints.RestoreWeights(run.Network, CheckpointPath.Find(from));
        using var start = StartingWeights.Of(run.Network);
        var found = new List<StageRates>();
        foreach (var (index, stage) in recipe.Stages.Index())
        {
            progress.Report(new TrainingEvent.Note($"Searching the rate of stage {stage.Name}, in which {stage.Learns} learns."));
            start.PutInto(run.Network);
            found.Add(new StageRates(stage, Search(run.Opener, stage, index, options, cancel)));
        }

        return found;
    }

    private static RateSearch Search(StageOpener opener, Stage stage, int index, RateSearchOptions options, CancellationToken cancel)
    {
        using var session = opener.Open(Searched(stage), index);
        var search = new RateSearch(options);
        for (var epoch = 0; search.GoesOn; epoch++)
        {
            session.BeginEpoch(epoch);
            foreach (var batch in session.Training.Epoch(epoch, preparesNext: false, cancel: cancel))
            {
                cancel.ThrowIfCancellationRequested();
                using (batch) search.Add(session.Step.Run(batch.Images, batch.Labels, search.NextRate, session.SeedOfStep(search.Points.Count)).Loss);
                if (!search.GoesOn) break;
            }
        }

        return search;
    }

    // A search is one epoch long or a few: what changes with the epochs would not begin, or has nothing to go by.
    private static Stage Searched(Stage stage) => stage with
    {
        Schedule = new ScheduleOptions(),
        Unfreeze = 0,
        Sampling = stage.Sampling.Kind == SamplingKind.Loss ? new SamplingOptions() : stage.Sampling,
    };

    /// <summary>A copy of a network's tensors, running statistics included.</summary>
    private sealed class StartingWeights(Dictionary<string, Tensor> tensors) : IDisposable
    {
        public static StartingWeights Of(VisionNetwork network) =>
            new(network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone().DetachFromDisposeScope()));

        public void PutInto(VisionNetwork network)
        {
            using var noGradients = no_grad();
            foreach (var (name, tensor) in network.state_dict()) tensor.copy_(tensors[name]);
        }

        public void Dispose()
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
        }
    }
}
