using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Stochastic weight averaging (arXiv:1803.05407): the mean of the weights at the ends of the epochs from a given one on.</summary>
/// <remarks>Where the norms are not frozen, their running statistics are measured anew for the mean, on batches of the epoch just trained.</remarks>
/// <param name="first">The first epoch whose end counts, from 0.</param>
public sealed class StochasticAverage(int first) : WeightAverage
{
    private const string Count = "count", Through = "through";

    /// <inheritdoc/>
    public override string Name => "swa";

    /// <inheritdoc/>
    public override void OnEpochTrained(StageSession session, int epoch, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (epoch < first || epoch <= Number(Through, -1)) return;
        using var coming = new TensorMemory();
        var count = Number(Count, 0);
        Average(session, coming, count);
        if (count > 0 && session.Stage.Norm == NormPolicy.Batch) NormStatistics.Measure(session, coming, epoch, cancel);

        // Nothing before this line has changed what is remembered: a cancelled average begins anew.
        foreach (var (name, tensor) in coming.Tensors) Set(name, tensor.clone());
        Notes.Set(Count, tensor(count + 1));
        Notes.Set(Through, tensor((long)epoch));
    }

    private void Average(StageSession session, TensorMemory coming, long count)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (name, tensor) in Moving(session))
        {
            var average = Of(name);
            coming.Set(name, average is null ? tensor.detach().clone() : average.Plus(tensor.detach().sub(average), 1.0 / (count + 1)));
        }
    }

    private long Number(string name, long start) => Notes.Tensors.TryGetValue(name, out var known) ? known.item<long>() : start;
}
