namespace Altar.Training.Checkpoints;

/// <summary>Which checkpoints a run keeps besides <c>last</c> and the best (<c>checkpoint.keep_best</c>): the recipe's <c>checkpoint.keep</c>. The defaults keep every snapshot and no epoch.</summary>
public sealed record RetentionPolicy
{
    /// <summary>Newest epochs that are kept, at least 0. Default 0.</summary>
    public int Newest { get; init; }

    /// <summary>Each epoch whose number this divides is kept; 0 (default): none is for that.</summary>
    public int Every { get; init; }

    /// <summary>Newest snapshots that are kept; 0 (default): all.</summary>
    public int Snapshots { get; init; }

    /// <summary>Whether any epoch is kept.</summary>
    public bool KeepsEpochs => Newest > 0 || Every > 0;

    /// <summary>The epochs that are kept, by number.</summary>
    /// <param name="newest">Number of the epoch that has just ended, from 1.</param>
    public IReadOnlySet<int> Epochs(int newest) =>
        Enumerable.Range(1, newest).Where(epoch => epoch > newest - Newest || (Every > 0 && epoch % Every == 0)).ToHashSet();

    /// <summary>Whether a snapshot is kept.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="newest">The number of the newest.</param>
    public bool KeepsSnapshot(int number, int newest) => Snapshots == 0 || number > newest - Snapshots;
}
