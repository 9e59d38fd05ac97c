using Altar.Batching;
using Altar.Networks;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Ensembling;

/// <summary>Measures the running statistics of batch norms anew: those of averaged weights are the mean of other networks' statistics (arXiv:1803.05407, section 3.2).</summary>
public static class NormRefresh
{
    // Of a running statistic 0.9 stays and 0.1 is the batch's: PyTorch's momentum, which every norm here has.
    private const double Momentum = 0.1;

    /// <summary>Replaces the running statistics by the mean over the batches. The weights stay, and the network is left in evaluation mode.</summary>
    /// <param name="network">The network; the norms of a network without any are no trouble.</param>
    /// <param name="pictures">What to measure on: training pictures.</param>
    /// <param name="progress">Told how many pictures are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>; the statistics are then worthless.</param>
    public static void Run(VisionNetwork network, IBatchSource pictures, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pictures);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        network.eval();
        foreach (var norm in network.modules().OfType<BatchNorm>()) norm.train();
        var statistics = Statistics(network).ToList();
        var sums = statistics.ConvertAll(buffer => zeros_like(buffer));
        var (batches, done) = (0, 0);
        foreach (var batch in pictures.Epoch(0, cancel: cancel))
        {
            using (batch) Add(network, batch.Images, statistics, sums);
            batches++;
            progress?.Report(done += batch.Samples.Count);
        }

        foreach (var (buffer, sum) in statistics.Zip(sums)) buffer.copy_(sum.DivideInPlace(Math.Max(1, batches) * Momentum));
        network.eval();
    }

    // With statistics of 0 before a batch, what stands there after it is a tenth of the batch's own.
    private static void Add(VisionNetwork network, Tensor images, List<Tensor> statistics, List<Tensor> sums)
    {
        using var scope = NewDisposeScope();
        foreach (var buffer in statistics) buffer.zero_();
        network.Output(images, trunkRests: false);
        foreach (var (buffer, sum) in statistics.Zip(sums)) sum.AddInPlace(buffer);
    }

    private static IEnumerable<Tensor> Statistics(VisionNetwork network) => network.named_buffers()
        .Where(entry => entry.name.EndsWith("running_mean", StringComparison.Ordinal) || entry.name.EndsWith("running_var", StringComparison.Ordinal))
        .Select(entry => entry.buffer);
}
