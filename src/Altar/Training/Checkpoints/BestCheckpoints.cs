using System.Globalization;
using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Training.Checkpoints;

/// <summary>The checkpoints of a run's best epochs, <c>best-1</c> (the best) and on: Kuzin's programs kept five and predicted with three.</summary>
/// <param name="folder">The run.</param>
/// <param name="metric">What the epochs are ranked by.</param>
/// <param name="count">How many are kept, at least 1.</param>
public sealed class BestCheckpoints(RunFolder folder, Metric metric, int count)
{
    private const string EpochFile = "epoch.txt", Prefix = "best-", Moving = ".moving";

    /// <summary>The best epochs, best first; of equal ones the earlier.</summary>
    /// <param name="epochs">All of the run.</param>
    /// <param name="metric">What they are ranked by. An epoch without a number comes last.</param>
    /// <param name="count">At most so many.</param>
    public static IReadOnlyList<int> Rank(IEnumerable<EpochRecord> epochs, Metric metric, int count)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return
        [
            .. epochs.OrderBy(epoch => double.IsNaN(epoch.Val[metric])).ThenBy(epoch => metric.HigherIsBetter ? -epoch.Val[metric] : epoch.Val[metric]).ThenBy(epoch => epoch.Epoch)
                .Take(count).Select(epoch => epoch.Epoch),
        ];
    }

    /// <summary>Keeps the epoch that has just ended, if it is among the best, and brings the folders in their order.</summary>
    /// <param name="state">How far the run is, this epoch included.</param>
    /// <param name="save">Writes the checkpoint into the folder that it is given, whole or not at all, with one more file.</param>
    public void Update(TrainingState state, Action<string, Action<string>> save)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(save);
        var ranked = Rank(state.Epochs, metric, count);
        if (state.Last is { } last && ranked.Contains(last.Epoch))
        {
            var coming = folder.Checkpoint($"{Prefix}new{Moving}");
            save(coming, path => AtomicFile.WriteText(Path.Combine(path, EpochFile), last.Epoch.ToString(CultureInfo.InvariantCulture)));
        }

        Arrange(ranked);
    }

    // Whatever a kill left, every folder says which epoch it holds. One of an epoch that is done again gives way to the new one.
    private void Arrange(IReadOnlyList<int> ranked)
    {
        var found = Directory.GetDirectories(folder.Checkpoints, Prefix + "*")
            .OrderByDescending(path => path.EndsWith($"new{Moving}", StringComparison.Ordinal)).Select(path => (Path: path, Epoch: EpochOf(path))).ToList();
        foreach (var (path, _) in found.Where(one => !ranked.Contains(one.Epoch)).Concat(found.GroupBy(one => one.Epoch).SelectMany(same => same.Skip(1))).Distinct()) Directory.Delete(path, recursive: true);
        var kept = found.Where(one => Directory.Exists(one.Path)).ToList();
        if (kept.All(one => one.Path == Place(one.Epoch))) return;
        foreach (var (path, epoch) in kept) Move(path, folder.Checkpoint(string.Create(CultureInfo.InvariantCulture, $"{Prefix}of-{epoch}{Moving}")));
        foreach (var (_, epoch) in kept) Move(folder.Checkpoint(string.Create(CultureInfo.InvariantCulture, $"{Prefix}of-{epoch}{Moving}")), Place(epoch));

        string Place(int epoch) => folder.Checkpoint(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{ranked.ToList().IndexOf(epoch) + 1}"));
    }

    private static void Move(string from, string to)
    {
        if (from != to) Directory.Move(from, to);
    }

    private static int EpochOf(string path) =>
        File.Exists(Path.Combine(path, EpochFile)) && int.TryParse(File.ReadAllText(Path.Combine(path, EpochFile)), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : -1;
}
