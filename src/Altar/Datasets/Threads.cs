namespace Altar.Datasets;

/// <summary>How many threads work on pictures.</summary>
internal static class Threads
{
    /// <param name="threads">0: one for each processor.</param>
    /// <param name="cancel">Ends the work.</param>
    public static ParallelOptions Limit(int threads, CancellationToken cancel) =>
        new() { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount, CancellationToken = cancel };
}
