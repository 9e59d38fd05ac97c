using Altar.Training;
using Altar.Training.Tricks;
using TorchSharp;

namespace Altar.Tests.Training.Tricks;

/// <summary>What every trick of <see cref="TrickList"/> must stand.</summary>
public class EveryTrickTests
{
    [Theory, MemberData(nameof(Names))]
    public void Trains_to_finite_weights_that_differ_from_those_without_it(string trick)
    {
        using var plain = new TrickRun(TrickList.All["nothing"]);
        using var run = new TrickRun(TrickList.All[trick]);

        plain.Train();
        var state = run.Train();

        Assert.Equal(3, state.Epochs.Count);
        Assert.All(run.Network.Numbers(), number => Assert.True(float.IsFinite(number)));
        var looksOnly = trick is "nothing" or "suspects";
        Assert.Equal(looksOnly, plain.Bytes("model.safetensors").SequenceEqual(run.Bytes("model.safetensors")));
    }

    // In the middle of an epoch; between an epoch's last step and its validation; in the last epoch.
    [Theory, MemberData(nameof(Names))]
    public void Goes_on_after_any_stop_as_if_there_had_been_none(string trick)
    {
        using var whole = new TrickRun(TrickList.All[trick]);
        using var parts = new TrickRun(TrickList.All[trick]);

        var expected = whole.Train();
        foreach (var stop in new[] { 3, 5, 8, 13 }) parts.Train(until: stop);
        var actual = parts.Train();

        Assert.Equal(whole.Bytes("model.safetensors"), parts.Bytes("model.safetensors"));
        Assert.Equal(whole.Bytes("optimizer.safetensors"), parts.Bytes("optimizer.safetensors"));
        Assert.Equal(whole.Bytes("tricks.safetensors"), parts.Bytes("tricks.safetensors"));
        Assert.Equal(expected.Epochs.Select(epoch => (epoch.TrainLoss, epoch.Val)), actual.Epochs.Select(epoch => (epoch.TrainLoss, epoch.Val)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Gives_the_same_weights_for_one_and_four_loader_threads(string trick)
    {
        using var one = new TrickRun(TrickList.All[trick]) { Threads = 1 };
        using var four = new TrickRun(TrickList.All[trick]) { Threads = 4 };

        one.Train();
        four.Train();

        Assert.Equal(one.Bytes("model.safetensors"), four.Bytes("model.safetensors"));
    }

    [Theory, MemberData(nameof(Names))]
    public void Leaves_no_tensor_behind(string trick)
    {
        using var run = new TrickRun(TrickList.All[trick] with { Epochs = 12 });
        var counts = new LiveTensors();
        run.Train(hooks: counts);

        // A kept batch comes and goes, and blocks that join bring their optimizer's memory: the last epochs are held against earlier ones.
        // On a busy machine a loader may come to need a batch's memory or two more; a leak would be of every step.
        const int LateBatches = 4;
        Assert.True(counts.AfterEpoch[8..].Max() <= counts.AfterEpoch[..8].Max() + LateBatches, string.Join(' ', counts.AfterEpoch));
    }

    [Theory, MemberData(nameof(Names))]
    public void Frees_all_its_memory_with_the_session(string trick)
    {
        using var run = new TrickRun(TrickList.All[trick]);
        run.Train();
        Garbage.Collect();
        var before = torch.Tensor.TotalCount;

        using (var session = run.Open())
        {
            session.BeginEpoch();
            foreach (var batch in session.Training.Epoch(0))
            {
                using (batch)
                {
                    var result = session.Step.Run(batch.Images, batch.Labels, 0.01, session.SeedOfStep(batch.Index));
                    session.AfterStep(new StepTaken(session, batch.Index, batch, 0.01, result));
                }
            }

            session.Validate(CancellationToken.None);
            Assert.NotEmpty(session.Weights);
            Assert.All(session.TrickMemory.Values, tensor => Assert.False(tensor.IsInvalid));
            session.Optimizer.ZeroGradients();
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    public static TheoryData<string> Names => TrickList.Names;

    private sealed class LiveTensors : TrainingHook
    {
        public List<long> AfterEpoch { get; } = [];

        public override Verdict OnEpochEnd(in EpochEnd moment)
        {
            AfterEpoch.Add(torch.Tensor.TotalCount);
            return Verdict.Continue;
        }
    }
}
