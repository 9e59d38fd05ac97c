using System.Diagnostics;
using Altar.Batching;
using Altar.Metrics;
using Altar.Tensors;
using Altar.Training.Checkpoints;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>Runs the stages in turn: epochs of steps, a validation after each. All else is done by hooks.</summary>
/// <param name="stages">The recipe's stages.</param>
/// <param name="open">Makes a stage ready at the given state: what learns, optimizer, batches.</param>
/// <param name="best">The metric that chooses the best epoch.</param>
/// <param name="hooks">Told of each moment, in this order.</param>
/// <param name="recovery">Asked when a step fails. Default none: a loss that is no number is trained on, and a lack of memory is thrown.</param>
public sealed class Trainer(
    IReadOnlyList<Stage> stages, Func<TrainingState, StageSession> open, Metric best, IReadOnlyList<TrainingHook> hooks, IRecovery? recovery = null)
{
    /// <summary>Steps between two measurements of gradient and weight norms: a pass over all weights, too dear for every step.</summary>
    public const int NormsEvery = 10;

    /// <summary>Trains from a state to the end of the run, or until it is asked to stop.</summary>
    /// <param name="state">Where to begin: a new state, or a checkpoint's.</param>
    /// <param name="cancel">Ends training after the step at hand.</param>
    /// <returns>How far the run is: finished when its stage is the number of stages.</returns>
    public TrainingState Fit(TrainingState state, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(state);
        while (state.Stage < stages.Count && !cancel.IsCancellationRequested)
        {
            using var session = open(state);
            Tell(hook => hook.OnStageStart(new StageStart(session, state)));
            state = RunStage(session, state, cancel);
        }

        return state;
    }

    private TrainingState RunStage(StageSession session, TrainingState state, CancellationToken cancel)
    {
        var goesOn = true;
        while (goesOn && state.EpochsInStage < session.Stage.Epochs)
        {
            (state, var wentBack) = RunSteps(session, state, cancel);
            if (wentBack) return state;   // the stage is opened anew from there
            var validation = cancel.IsCancellationRequested ? null : Validate(session, state.EpochsInStage, cancel);
            if (validation is null)
            {
                Tell(hook => hook.OnInterruption(new Interruption(session, state)));
                return state;
            }

            (state, goesOn) = EndEpoch(session, state, validation);
        }

        session.End();
        var summary = StageSummary.Of(session.Stage.Name, state.Epochs.TakeLast(state.EpochsInStage));
        state = state.AfterStage(summary);
        Tell(hook => hook.OnStageEnd(new StageEnd(session, state, summary)));
        return state;
    }

    private (TrainingState State, bool WentBack) RunSteps(StageSession session, TrainingState state, CancellationToken cancel)
    {
        session.BeginEpoch(state.EpochsInStage);
        var (clock, waited) = (Stopwatch.StartNew(), session.Training.Waited);
        foreach (var batch in session.Batches(state, cancel))
        {
            using (batch)
            {
                var rate = session.Rate(state.StepsInStage) * state.RateFactor;
                var (result, failure) = Step(session, state, batch, rate);
                if (failure is not null) return (recovery!.GoBack(failure), true);
                session.AfterStep(new StepTaken(session, state.Steps, batch, rate, result));
                state = state.AfterStep(batch.Samples.Count, result.Loss, clock.Elapsed.TotalSeconds, (session.Training.Waited - waited).TotalSeconds)
                    with { BatchesInEpoch = batch.Index + 1 };   // of the plan: batches without a readable picture are left out
                Tell(hook => hook.OnStepEnd(new StepEnd(session, state, rate, result)));
            }

            if (cancel.IsCancellationRequested) break;
            waited = session.Training.Waited;
            clock.Restart();
        }

        return recovery is null || cancel.IsCancellationRequested || FiniteWeights.Of(session.Network)
            ? (state, false)
            : (recovery.GoBack(new StepFailure(FailureKind.NonFinite, session, state, null, RateOfLast(session, state), double.NaN)), true);
    }

    private (StepResult Result, StepFailure? Failure) Step(StageSession session, TrainingState state, Batch batch, double rate)
    {
        try
        {
            var result = session.Step.Run(batch.Images, batch.Labels, rate, session.SeedOfStep(state.Steps), measuresNorms: state.Steps % NormsEvery == 0);
            return (result, recovery is null || double.IsFinite(result.Loss) ? null : new StepFailure(FailureKind.NonFinite, session, state, batch, rate, result.Loss));
        }
        catch (Exception error) when (recovery is not null && OutOfMemory.Is(error))
        {
            return (new StepResult(double.NaN), new StepFailure(FailureKind.OutOfMemory, session, state, batch, rate, double.NaN));
        }
    }

    private (TrainingState State, bool GoesOn) EndEpoch(StageSession session, TrainingState state, ValidationResult validation)
    {
        var record = EpochRecordOf(session, state, validation);
        var isBest = state.Best is null || best.IsBetter(record.Val[best], state.Best.Val[best]);
        state = state.AfterEpoch(record, isBest);
        var wishes = hooks.Select(hook => hook.OnEpochEnd(new EpochEnd(session, state, record, isBest))).ToList();
        return (state, !wishes.Contains(Verdict.EndStage));
    }

    private static ValidationResult? Validate(StageSession session, int epoch, CancellationToken cancel)
    {
        try
        {
            return session.Validate(cancel, epoch);
        }
        catch (OperationCanceledException)
        {
            return null;   // the epoch's steps are done and stay done: a resumed run begins with this validation
        }
    }

    private static EpochRecord EpochRecordOf(StageSession session, TrainingState state, ValidationResult validation) => new(
        state.Epochs.Count + 1, session.Stage.Name, state.Steps, RateOfLast(session, state),
        state.LossSum / state.PicturesInEpoch, validation.Values,
        state.TrainingSeconds + validation.Seconds, state.PicturesInEpoch / state.TrainingSeconds,
        state.WaitingSeconds / state.TrainingSeconds, Tensor.TotalCount, Environment.WorkingSet / (1024.0 * 1024));

    private static double RateOfLast(StageSession session, TrainingState state) => session.Rate(state.StepsInStage - 1) * state.RateFactor;

    private void Tell(Action<TrainingHook> moment)
    {
        foreach (var hook in hooks) moment(hook);
    }
}
