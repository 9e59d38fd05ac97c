namespace Altar.Training;

/// <summary>Finds tensors and memory that grow from epoch to epoch: a leak that would end a long run.</summary>
public static class Growth
{
    // Three rises in a row: allocators and caches rise once or twice and stay.
    private const int Rises = 3;
    private const double LeastMiB = 64, LeastRise = 1.01;

    /// <summary>What to say of a stage, or null.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="epochs">Its epochs so far, in order.</param>
    /// <param name="gainsTensors">Whether weights join as it goes, so that tensors may become more. Default false.</param>
    public static string? Find(string stage, IReadOnlyList<EpochRecord> epochs, bool gainsTensors = false)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        if (epochs.Count <= Rises) return null;
        var last = epochs.TakeLast(Rises + 1).ToList();
        var (first, newest) = (last[0], last[^1]);
        if (!gainsTensors && Rose(last, (before, after) => after.LiveTensors > before.LiveTensors))
        {
            return FormattableString.Invariant(
                $"stage '{stage}': live tensors grew in each of its last {Rises} epochs, from {first.LiveTensors} to {newest.LiveTensors}. Something is not freed; a long run would run out of memory.");
        }

        var grewMuch = newest.MemoryMiB - first.MemoryMiB >= LeastMiB;
        return grewMuch && Rose(last, (before, after) => after.MemoryMiB > before.MemoryMiB * LeastRise)
            ? FormattableString.Invariant(
                $"stage '{stage}': the process's memory grew in each of its last {Rises} epochs, from {first.MemoryMiB:0} to {newest.MemoryMiB:0} MiB. A long run would run out of memory; --resume would then go on from the last checkpoint.")
            : null;
    }

    private static bool Rose(List<EpochRecord> rows, Func<EpochRecord, EpochRecord, bool> isMore) => rows.Zip(rows.Skip(1)).All(pair => isMore(pair.First, pair.Second));
}
