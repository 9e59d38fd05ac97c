using System.Globalization;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Training;

/// <summary>Takes a run back to its last checkpoint, with a lower rate or smaller parts of the batch, or stops it.</summary>
/// <param name="folder">The run.</param>
/// <param name="checkpoints">Its checkpoints.</param>
/// <param name="network">Given the checkpoint's weights.</param>
public sealed class Recovery(RunFolder folder, RunCheckpoints checkpoints, VisionNetwork network) : IRecovery
{
    // A part of two pictures may be cut to one by a short last batch, of which a batch norm has no variance.
    private const int SmallestPartOfNorms = 3;

    /// <summary>For a loss that is no number.</summary>
    public NonFiniteOptions OnNonFinite { get; init; } = new();

    /// <summary>For a lack of memory. Default stop.</summary>
    public MemoryPolicy OnOutOfMemory { get; init; }

    /// <summary>Keeps a batch for inspection, and says where.</summary>
    public Func<StepFailure, string>? Inspect { get; init; }

    /// <summary>Told the state that the run went back to.</summary>
    public Action<TrainingState>? WentBack { get; init; }

    /// <summary>Told in a sentence.</summary>
    public IProgress<TrainingEvent>? Progress { get; init; }

    /// <inheritdoc/>
    public TrainingState GoBack(StepFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Kind == FailureKind.OutOfMemory ? Split(failure) : LowerRate(failure);
    }

    private TrainingState LowerRate(StepFailure failure)
    {
        var state = failure.State;
        var kept = failure.Batch is not null && Inspect is not null ? $" The batch is in {Inspect(failure)}." : "";
        var what = failure.Batch is null
            ? $"{Where(failure)}: weights are infinite or NaN after the last step of the epoch (rate {Text(failure.Rate)})."
            : $"{Where(failure)}: the loss is {Text(failure.Loss)} (rate {Text(failure.Rate)}).{kept}";
        if (state.Retries >= OnNonFinite.Retries)
        {
            throw new BadInputException(
                $"{what} The run stops here{(state.Retries > 0 ? $", after going back {state.Retries} times" : "")}. {Cure(failure)}");
        }

        return Return(what, $"the rate is multiplied by {Text(state.RateFactor * OnNonFinite.Factor)}", at => at with
        {
            RateFactor = state.RateFactor * OnNonFinite.Factor,
            Retries = state.Retries + 1,
            Parts = state.Parts,
        });
    }

    private TrainingState Split(StepFailure failure)
    {
        var (state, stage) = (failure.State, failure.Session.Stage);
        var most = StepOptions.Of(stage).InParts(stage, state.Parts).MicroBatch;
        var part = most > 0 ? most : stage.StepBatch;
        var next = StepOptions.Of(stage).InParts(stage, state.Parts * 2).MicroBatch;
        var what = $"{Where(failure)}: the memory does not suffice for {Text(part)} pictures at once{SizeOf(failure)}.";
        if (OnOutOfMemory == MemoryPolicy.Stop || next >= part || next < SmallestPart(stage)) throw new BadInputException($"{what} {MemoryCure(failure, part)}");
        return Return(what, $"each batch goes through the network in parts of {next} at most", at => at with
        {
            RateFactor = state.RateFactor,
            Retries = state.Retries,
            Parts = state.Parts * 2,
        });
    }

    private TrainingState Return(string what, string change, Func<TrainingState, TrainingState> changed)
    {
        var saved = RunCheckpoints.ReadState(folder)
            ?? throw new BadInputException($"{what} Nothing was saved yet that the run could go back to; lower the rate or the batch.");
        checkpoints.RestoreTraining(network);
        var state = changed(saved);
        Progress?.Report(new TrainingEvent.Warning($"{what} The run goes back to step {state.Steps}; from there {change}."));
        WentBack?.Invoke(state);
        return state;
    }

    private static string Where(StepFailure failure) => $"stage '{failure.Session.Stage.Name}', step {failure.State.Steps + (failure.Batch is null ? 0 : 1)}";

    private static string SizeOf(StepFailure failure) => failure.Batch?.Images is { } images && images.dim() == 4 ? $" of {images.shape[2]}x{images.shape[3]}" : "";

    private static int SmallestPart(Stage stage) => stage.Norm == NormPolicy.Batch ? SmallestPartOfNorms : 1;

    private static string Cure(StepFailure failure) =>
        $"Lower stages.{failure.State.Stage}.rate, add warm-up (schedule.warmup) or clip (clip: 1), or look at the pictures of that batch.";

    private static string MemoryCure(StepFailure failure, int part)
    {
        var place = $"stages.{failure.State.Stage}";
        var split = $"write on_out_of_memory: split, which does it by itself, or lower {place}.batch to {Math.Max(1, part / 2)} with {place}.accumulate: {2 * failure.Session.Stage.Accumulate} for the same step";
        return failure.Session.Stage.Batch == 1 ? $"Lower {place}.size, or choose a smaller network." : $"To go on, {split}; or lower {place}.size.";
    }

    private static string Text(double number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
