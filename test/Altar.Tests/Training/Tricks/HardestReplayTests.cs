using Altar.Training;
using Altar.Training.Tricks;

namespace Altar.Tests.Training.Tricks;

public class HardestReplayTests
{
    private static readonly Stage Stage = new() { Epochs = 2, Batch = 8, Rate = 0.02, ReplayHardest = 3 };

    [Fact]
    public void Of_each_three_batches_the_hardest_is_learnt_again()
    {
        var diary = new Diary();
        using var run = new TrickRun(Stage);
        run.Train(hooks: diary);

        Assert.Equal([2, 5, 8], diary.Replays.Select(replay => replay.At));   // of ten steps, counted from 0; the end of the epoch at 5 does not matter
        foreach (var (at, replay) in diary.Replays)
        {
            var losses = diary.Losses[(at - 2)..(at + 1)];
            Assert.Equal((losses.Max(), at - 2 + losses.IndexOf(losses.Max())), (replay.Loss, replay.Step));
            Assert.Equal(8, replay.Samples.Distinct().Count());
            Assert.NotEqual(replay.Loss, replay.LossAtReplay);
        }
    }

    [Fact]
    public void A_replay_is_a_step_of_the_optimizer_and_none_of_the_schedule()
    {
        var diary = new Diary();
        using var run = new TrickRun(Stage);
        var state = run.Train(hooks: diary);

        Assert.Equal((10, 10 + 3), (state.Steps, diary.OptimizerSteps));
    }

    private sealed class Diary : TrainingHook
    {
        public List<double> Losses { get; } = [];

        public List<(int At, ReplayedBatch Replay)> Replays { get; } = [];

        public int OptimizerSteps { get; private set; }

        public override void OnStepEnd(in StepEnd moment)
        {
            Losses.Add(moment.Loss);
            if (moment.Session.Tricks.OfType<HardestReplay>().Single().Replayed is { } replay) Replays.Add((moment.State.Steps - 1, replay));
            OptimizerSteps = moment.Session.Optimizer.Steps;
        }
    }
}
