using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Batches of samples that can be read in any order, all of one shape.</summary>
public sealed class BatchLoader : PlannedLoader
{
    /// <summary>Plans the batches; nothing is read yet.</summary>
    /// <param name="source">The samples. It must outlive the loader.</param>
    /// <param name="options">Batch size, order, threads, device.</param>
    /// <param name="seed">Decides the order and each sample's view.</param>
    /// <param name="order">Which samples an epoch visits, e.g. a mixture of several sets; stands above <see cref="BatchOptions.Shuffles"/>. Default: each once.</param>
    /// <exception cref="BadInputException">The samples are too few for a single batch.</exception>
    public BatchLoader(ISampleSource source, BatchOptions options, Seed seed, EpochOrder? order = null) : base(Work(source, options, seed, order), options)
    {
    }

    private static SampleWork Work(ISampleSource source, BatchOptions options, Seed seed, EpochOrder? order)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        return new SampleWork(source, new BatchPlan(source.Count, options, seed, order), options);
    }
}
