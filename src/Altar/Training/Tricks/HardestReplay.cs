using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Learns the hardest of some batches a second time (<see cref="HardestBatch"/>): an extra step at the rate of the step at hand.</summary>
/// <remarks>A wrong label has a large loss too: <see cref="Replayed"/> says which pictures it was.</remarks>
/// <param name="rate">Batches between two replays, at least 1.</param>
public sealed class HardestReplay(int rate) : StageTrick
{
    private const string Images = "images", Targets = "targets", Samples = "samples", Place = "place", Loss = "loss";

    private readonly HardestBatch _hardest = new(rate);
    private readonly TensorMemory _kept = new();

    /// <inheritdoc/>
    public override string Name => "replay";

    /// <summary>What the last step replayed; null where it replayed nothing.</summary>
    public ReplayedBatch? Replayed { get; private set; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Memory
    {
        get
        {
            _kept.Set(Place, tensor(new[] { _hardest.Seen, StepOfKept() }));   // int64 [2]
            if (_hardest.Worst is { } worst) _kept.Set(Loss, tensor(worst));
            return _kept.Tensors;
        }
    }

    /// <inheritdoc/>
    public override void Restore(IReadOnlyDictionary<string, Tensor> memory, Device device)
    {
        ArgumentNullException.ThrowIfNull(memory);
        _kept.Restore(memory.Where(entry => entry.Key is not (Images or Targets)).ToDictionary(), CPU);
        foreach (var name in new[] { Images, Targets }.Where(memory.ContainsKey)) _kept.Set(name, memory[name].to(device, copy: true));

        // Convolutions over another layout of the same numbers round differently.
        if (_kept.Tensors.TryGetValue(Images, out var images) && images.dim() == 4) _kept.Set(Images, ChannelsLast.Of(images).clone());
        _hardest.Restore((int)Numbers(Place)[0], _kept.Tensors.TryGetValue(Loss, out var worst) ? worst.item<double>() : null);
    }

    /// <inheritdoc/>
    public override void OnStep(StepTaken step)
    {
        ArgumentNullException.ThrowIfNull(step);
        Replayed = null;
        if (_hardest.Offer(step.Result.Loss)) Keep(step);
        if (!_hardest.IsDue) return;
        if (_hardest.Worst is { } worst) Replay(step, worst);
        _hardest.Reset();
        _kept.Dispose();
    }

    /// <inheritdoc/>
    protected override void Forget() => _kept.Dispose();

    private void Keep(StepTaken step)
    {
        using var scope = NewDisposeScope();
        var batch = step.Batch;
        _kept.Set(Images, batch.Images.clone());      // a loader uses its memory again
        _kept.Set(Targets, batch.Labels.clone());
        _kept.Set(Samples, tensor(batch.Samples.Select(sample => (long)sample).ToArray()));
        _kept.Set(Place, tensor(new long[] { 0, step.Step }));
    }

    private void Replay(StepTaken step, double worst)
    {
        var result = step.Session.Step.Run(_kept[Images], _kept[Targets], step.Rate, step.Session.SeedOfStep(step.Step).For(Name));
        Replayed = new ReplayedBatch((int)StepOfKept(), [.. Numbers(Samples).Select(sample => (int)sample)], worst, result.Loss);
    }

    private long StepOfKept() => _kept.Tensors.ContainsKey(Place) ? Numbers(Place)[1] : 0;

    private long[] Numbers(string name) => _kept[name].data<long>().ToArray();
}

/// <summary>A batch that was learnt a second time.</summary>
/// <param name="Step">The step of the run, from 0, that learnt it first.</param>
/// <param name="Samples">Numbers of its samples in the training set.</param>
/// <param name="Loss">Its loss when it was first learnt.</param>
/// <param name="LossAtReplay">Its loss before it was learnt again.</param>
public sealed record ReplayedBatch(int Step, IReadOnlyList<int> Samples, double Loss, double LossAtReplay);
