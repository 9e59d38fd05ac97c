using Altar.Tensors;

namespace Altar.Training.Checkpoints;

/// <summary>The folder of a run: its place, and the names of what is in it.</summary>
/// <param name="Path">The folder.</param>
public sealed record RunFolder(string Path)
{
    /// <summary>The resolved recipe.</summary>
    public string Recipe => In("recipe.yaml");

    /// <summary>A row an epoch.</summary>
    public string Metrics => In("metrics.csv");

    /// <summary>A row a step.</summary>
    public string Steps => In("steps.csv");

    /// <summary>Where the checkpoints are.</summary>
    public string Checkpoints => In("checkpoints");

    /// <summary>The checkpoint of the best epoch.</summary>
    public string Best => Checkpoint("best");

    /// <summary>The newest checkpoint: what a resumed run goes on from.</summary>
    public string Last => Checkpoint("last");

    /// <summary>The weights at the end of a cycle of the rate.</summary>
    /// <param name="number">From 1.</param>
    public string Snapshot(int number) => Checkpoint($"snapshot-{number}");

    /// <summary>A checkpoint.</summary>
    /// <param name="name">Its name.</param>
    public string Checkpoint(string name) => System.IO.Path.Combine(Checkpoints, name);

    /// <summary>The weights at the end of an epoch that <see cref="RetentionPolicy"/> keeps.</summary>
    /// <param name="number">From 1.</param>
    public string Epoch(int number) => System.IO.Path.Combine(Checkpoints, $"epoch-{number}");

    /// <summary>Whether something is in it besides the files of a <see cref="RunLock"/>.</summary>
    public bool IsUsed => Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any(entry => !RunLock.Files.Contains(System.IO.Path.GetFileName(entry)));

    /// <summary>A file in the folder.</summary>
    /// <param name="name">Its name.</param>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Chooses the folder of a run; nothing is written yet.</summary>
    /// <param name="path">The folder, or null for <c>runs/NAME-1</c>, counted up to the first that is free.</param>
    /// <param name="name">The run's name.</param>
    /// <param name="resume">Whether an existing run is continued. Without a path: the newest of that name.</param>
    /// <exception cref="BadInputException">The folder is in use and the run is not resumed.</exception>
    public static RunFolder Choose(string? path, string name, bool resume)
    {
        if (path is null) return new RunFolder(Numbered(name, resume));
        if (File.Exists(path)) throw new BadInputException($"{path}: a file is in the way of the run folder; choose another --out.");
        if (!resume && new RunFolder(path).IsUsed)
        {
            throw new BadInputException($"{path}: the folder is not empty; choose another --out, or continue the run in it with --resume.");
        }

        return new RunFolder(path);
    }

    /// <summary>Makes the folder and writes the resolved recipe.</summary>
    /// <param name="recipe">The recipe's text.</param>
    /// <exception cref="BadInputException">The folder cannot be made or written to.</exception>
    public void Create(string recipe)
    {
        try
        {
            AtomicFile.WriteText(Recipe, recipe);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{Path}: the run folder cannot be written: {error.Message} Choose another --out.", error);
        }
    }

    private static string Numbered(string name, bool resume)
    {
        var number = 1;
        while (Directory.Exists(Place(number))) number++;
        return resume && number > 1 ? Place(number - 1) : Place(number);

        string Place(int place) => System.IO.Path.Combine("runs", $"{name}-{place}");
    }
}
