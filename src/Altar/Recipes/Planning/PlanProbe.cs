using System.Diagnostics;
using Altar.Batching;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Recipes.Planning;

/// <summary>Takes a few steps of every stage, on the run's own pictures, to know what the whole will take.</summary>
public static class PlanProbe
{
    private const int WarmUpSteps = 2, MeasuredSteps = 6, ValidationBatches = 3;

    /// <summary>Measures every stage of a recipe with untrained weights: time and memory do not depend on what they are.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="device">auto, cpu, or cuda:N.</param>
    /// <param name="progress">Told what is measured.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>The plan and its estimate.</returns>
    /// <exception cref="BadInputException">The data or the recipe cannot be used.</exception>
    public static (RunPlan Plan, PlanEstimate Estimate) Measure(Recipe recipe, string device, IProgress<TrainingEvent> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(progress);
        var clock = Stopwatch.StartNew();
        using var run = PreparedRun.Open(recipe, device, fillsWeights: false, progress, cancel);
        var opening = clock.Elapsed.TotalSeconds;

        var measurements = new List<StageMeasurement>();
        foreach (var (index, stage) in recipe.Stages.Index())
        {
            progress.Report(new TrainingEvent.Note($"Measuring stage {stage.Name}."));
            var measured = Measure(run, stage, index, cancel);
            measurements.Add(index > 0 ? measured : measured with { StartUpSeconds = measured.StartUpSeconds + opening });
        }

        var plan = RunPlan.Of(recipe, run.Subject.Training.Count, run.Subject.Validation.Count, run.Opener.BatchesPerEpoch);
        return (plan, PlanEstimate.From(plan, measurements));
    }

    private static StageMeasurement Measure(PreparedRun run, Stage stage, int index, CancellationToken cancel)
    {
        var opener = run.Opener with
        {
            Training = new FirstPictures(run.Opener.Training, (WarmUpSteps + MeasuredSteps) * stage.StepBatch),
            Validation = new FirstPictures(run.Opener.Validation, ValidationBatches * stage.Batch),
        };
        var start = Stopwatch.StartNew();
        using var session = opener.Open(stage, index);
        session.BeginEpoch();
        var perFeature = opener.ReusesFeatures(stage) ? SecondsPerFeature(run.Network, opener, stage, cancel) : 0;
        var times = StepTimes(session, start, cancel);
        var validation = session.Validate(cancel);      // of a cached stage: computes its features too, so it is timed again
        if (perFeature > 0) validation = session.Validate(cancel);

        var steady = times.Skip(Math.Min(WarmUpSteps, times.Count - 1)).ToList();
        return new StageMeasurement(
            steady.Average(), validation.Seconds / Math.Min(run.Subject.Validation.Count, ValidationBatches * stage.Batch),
            perFeature > 0 ? 0 : Math.Max(0, times[0] - steady.Average()), ProcessMemory.Peak(), perFeature);
    }

    private static List<double> StepTimes(StageSession session, Stopwatch clock, CancellationToken cancel)
    {
        var times = new List<double>();
        foreach (var batch in session.Training.Epoch(0, cancel: cancel))
        {
            using (batch) session.Step.Run(batch.Images, batch.Labels, session.Rate(0), new Seed(0));
            times.Add(clock.Elapsed.TotalSeconds);
            clock.Restart();
        }

        return times;
    }

    private static double SecondsPerFeature(VisionNetwork network, StageOpener opener, Stage stage, CancellationToken cancel)
    {
        using var pictures = (opener with { CachesFeatures = false }).OpenValidation(stage);
        network.eval();
        ValidationPass.Run(network, pictures, (_, _) => { }, cancel);      // warm-up
        var (clock, count) = (Stopwatch.StartNew(), 0);
        ValidationPass.Run(network, pictures, (batch, _) => count += batch.Samples.Count, cancel);
        return clock.Elapsed.TotalSeconds / Math.Max(1, count);
    }

    // A feed that ends early, whatever is behind it.
    private sealed class FirstPictures(PictureFeed all, int most) : PictureFeed
    {
        public override int Count => Math.Min(most, all.Count);

        public override bool IsStreamed => all.IsStreamed;

        public override IBatchSource Open(PictureView view, BatchOptions options, Seed seed) =>
            new FirstBatches(all.Open(view, options, seed), (Count + options.Batch - 1) / options.Batch);
    }

    private sealed class FirstBatches(IBatchSource all, int most) : IBatchSource
    {
        public int BatchesPerEpoch => Math.Min(most, all.BatchesPerEpoch);

        public TimeSpan Waited => all.Waited;

        public IEnumerable<Batch> Epoch(int epoch, int firstBatch = 0, bool preparesNext = false, CancellationToken cancel = default) =>
            all.Epoch(epoch, firstBatch, preparesNext: false, cancel).Take(BatchesPerEpoch - firstBatch);

        public void Dispose() => all.Dispose();
    }
}
