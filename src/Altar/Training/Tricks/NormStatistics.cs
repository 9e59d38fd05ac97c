using Altar.Networks;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Measures the running statistics of batch norms for weights that no step has had.</summary>
internal static class NormStatistics
{
    // Of the running mean, 0.9 stays and 0.1 is the batch's: PyTorch's momentum, which every norm here has.
    private const double Momentum = 0.1;

    // The statistics of a hundred batches differ from those of a whole epoch by less than batches differ from each other.
    private const int MostBatches = 100;

    /// <summary>Replaces the running statistics in <paramref name="weights"/> by the mean over batches. The network is afterwards as it was.</summary>
    /// <param name="session">Its network and training batches.</param>
    /// <param name="weights">What the statistics are of, and where they go to.</param>
    /// <param name="epoch">Whose batches are used.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    public static void Measure(StageSession session, TensorMemory weights, int epoch, CancellationToken cancel)
    {
        using var own = Own(session.Network);
        try
        {
            CopyInto(session.Network, weights.Tensors);
            ModuleModes.Train(session.Network, session.Stage);
            session.Seed.For("norms").For(epoch).ApplyToTorch();
            using var sums = new TensorMemory();
            var batches = 0;
            foreach (var batch in session.Training.Epoch(epoch, cancel: cancel).Take(MostBatches))
            {
                using (batch) Add(session.Network, batch.Images, sums);
                batches++;
            }

            using var noGradients = no_grad();
            foreach (var (name, sum) in sums.Tensors) weights.Set(name, sum.DivideInPlace(batches * Momentum).clone());
        }
        finally
        {
            CopyInto(session.Network, own.Tensors);
        }
    }

    // With statistics of 0 before a batch, what stands there after it is a tenth of the batch's own.
    private static void Add(VisionNetwork network, Tensor images, TensorMemory sums)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var statistics = Statistics(network).ToList();
        foreach (var (_, buffer) in statistics) buffer.zero_();
        network.Output(images, trunkRests: false);
        foreach (var (name, buffer) in statistics)
        {
            if (sums.Tensors.TryGetValue(name, out var sum)) sum.AddInPlace(buffer);
            else sums.Set(name, buffer.clone());
        }
    }

    private static IEnumerable<(string Name, Tensor Buffer)> Statistics(VisionNetwork network) =>
        network.named_buffers().Where(entry => entry.name.EndsWith("running_mean", StringComparison.Ordinal) || entry.name.EndsWith("running_var", StringComparison.Ordinal));

    private static TensorMemory Own(VisionNetwork network)
    {
        using var scope = NewDisposeScope();
        var own = new TensorMemory();
        foreach (var (name, tensor) in network.state_dict()) own.Set(name, tensor.detach().clone());
        return own;
    }

    private static void CopyInto(VisionNetwork network, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var noGradients = no_grad();
        foreach (var (name, tensor) in network.state_dict())
        {
            if (tensors.TryGetValue(name, out var other)) tensor.copy_(other);
        }
    }
}
