using System.Globalization;
using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Inference;

/// <summary>A checkpoint that takes part in a prediction.</summary>
/// <param name="Name">What tables call it: "snapshot-1", and "runs/a/snapshot-1" where there are several runs.</param>
/// <param name="Folder">Its folder.</param>
public sealed record MemberCheckpoint(string Name, string Folder)
{
    private const string Snapshot = "snapshot-";

    /// <summary>The checkpoints that paths stand for.</summary>
    /// <param name="paths">Run folders, checkpoint folders, and folders of <c>altar folds</c>, which stand for all their runs; at least one.</param>
    /// <param name="which">Of a run: names of its checkpoints, such as best, last or snapshot-1; "snapshots" means all of those. Null: its best.</param>
    /// <exception cref="BadInputException">There is no such checkpoint; the message says which there are.</exception>
    public static IReadOnlyList<MemberCheckpoint> Find(IReadOnlyList<string> paths, IReadOnlyList<string>? which = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        List<string> runs = [.. paths.SelectMany(path => Folds(path) is { Count: > 0 } folds ? folds : [path])];
        if (runs.Count == 0) throw new BadInputException("Name at least one run or checkpoint.");
        List<MemberCheckpoint> members = [.. runs.SelectMany(run => OfRun(run, which).Select(member => runs.Count == 1 ? member : member with { Name = Joined(run, member) }))];
        var twice = members.GroupBy(member => Path.GetFullPath(member.Folder)).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? members : throw new BadInputException($"{twice.Key} is named twice. Name each checkpoint once.");
    }

    /// <summary>Whether a run kept snapshots.</summary>
    /// <param name="path">A run folder, or anything else, which did not.</param>
    public static bool HasSnapshots(string path) => Snapshots(path).Count > 0;

    /// <summary>The runs of a folder of <c>altar folds</c>, in order; none where it is no such folder.</summary>
    internal static IReadOnlyList<string> Folds(string path) => Numbered(path, "fold-");

    private static IEnumerable<MemberCheckpoint> OfRun(string run, IReadOnlyList<string>? which)
    {
        if (File.Exists(Path.Combine(run, ModelCardFile.Name))) return [new(Short(run), run)];
        if (which is null) return [new("best", CheckpointPath.Find(run))];
        return which.SelectMany(name => name == "snapshots" ? SnapshotsOf(run) : [Named(run, name)]);
    }

    private static IEnumerable<MemberCheckpoint> SnapshotsOf(string run) => Snapshots(run) is { Count: > 0 } snapshots
        ? snapshots.Select(folder => new MemberCheckpoint(Short(folder), folder))
        : throw new BadInputException($"{run}: the run kept no snapshots. They come from a stage with `schedule: {{cycles: 3}}` and `snapshots: true`; or name other checkpoints: {Known(run)}.");

    private static MemberCheckpoint Named(string run, string name)
    {
        var folder = Path.Combine(new RunFolder(run).Checkpoints, name);
        return File.Exists(Path.Combine(folder, ModelCardFile.Name))
            ? new MemberCheckpoint(name, folder)
            : throw new BadInputException($"{run}: there is no checkpoint '{name}'. There is {Known(run)}.");
    }

    private static string Known(string run)
    {
        var home = new RunFolder(run).Checkpoints;
        string[] folders = Directory.Exists(home) ? Directory.GetDirectories(home) : [];
        var names = folders.Where(folder => File.Exists(Path.Combine(folder, ModelCardFile.Name))).Select(Short).Order(StringComparer.Ordinal);
        return string.Join(", ", names.DefaultIfEmpty("none"));
    }

    private static IReadOnlyList<string> Snapshots(string run) => Numbered(new RunFolder(run).Checkpoints, Snapshot);

    // By number, not by letters: snapshot-10 comes behind snapshot-9.
    private static IReadOnlyList<string> Numbered(string home, string prefix) => !Directory.Exists(home) ? [] :
    [
        .. from folder in Directory.GetDirectories(home, prefix + "*")
           let number = int.TryParse(Path.GetFileName(folder)[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0
           where number > 0
           orderby number
           select folder,
    ];

    // Of several runs each member has its run's path before it, so that members of equal name are told apart.
    private static string Joined(string run, MemberCheckpoint member) =>
        Path.GetFullPath(member.Folder) == Path.GetFullPath(run) ? run : $"{Path.TrimEndingDirectorySeparator(run)}/{member.Name}";

    private static string Short(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
}
