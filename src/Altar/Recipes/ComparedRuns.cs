using Altar.Metrics;
using Altar.Reports;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Recipes;

/// <summary>Opens run folders to compare them. Nothing in them is changed, so that runs at work can be looked at.</summary>
public static class ComparedRuns
{
    /// <summary>Reads recipe.yaml, metrics.csv and steps.csv of each.</summary>
    /// <param name="folders">Run folders, at least two.</param>
    /// <param name="by">Name of the metric that chooses each run's best epoch. Default: each run's own (<c>data.best</c>; where it names none, the log-loss, or the headline figure where that is not measured).</param>
    /// <exception cref="BadInputException">Fewer than two, one named twice, no run folder, a file that cannot be read, or a metric that no run has.</exception>
    public static RunComparison Open(IReadOnlyList<string> folders, string? by = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.Count < 2) throw new BadInputException("A comparison needs at least two run folders.");
        var twice = folders.GroupBy(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new BadInputException($"{twice.First()}: the run is named twice. Name each once.");

        var comparison = new RunComparison([.. folders.Select(folder => Open(folder, NameOf(folder, folders), by))]);
        return by is null || comparison.Metrics.Any(metric => metric.Name == by)
            ? comparison
            : throw new BadInputException($"'{by}' is measured by none of the runs; they have {string.Join(", ", comparison.Metrics.Select(metric => metric.Name))}.");
    }

    private static ComparedRun Open(string path, string name, string? by)
    {
        var folder = new RunFolder(path);
        if (!File.Exists(folder.Recipe)) throw new BadInputException($"{path}: no run folder, since there is no recipe.yaml in it. Name folders that altar train left, such as runs/quickstart-1.");
        var settings = RecipeSettings.Read(File.ReadAllText(folder.Recipe), folder.Recipe);
        var epochs = MetricsFile.ReadEpochs(folder.Metrics);
        return new ComparedRun
        {
            Name = name,
            Folder = path,
            Epochs = epochs,
            Steps = MetricsFile.ReadSteps(folder.Steps),
            Settings = settings,
            By = by is null ? ChosenBy(settings, epochs) : new Metric(by),
        };
    }

    private static Metric ChosenBy(IReadOnlyList<KeyValuePair<string, string>> settings, IReadOnlyList<EpochRecord> epochs)
    {
        var stated = settings.FirstOrDefault(setting => setting.Key == "data.best").Value;
        if (stated is not (null or "" or "null" or "~")) return new Metric(stated);
        return epochs is [var first, ..] && !first.Val.Metrics.Contains(Metric.LogLoss) ? first.Val.Headline : Metric.LogLoss;
    }

    // The folder's own name where that tells it from the others, else its path.
    private static string NameOf(string folder, IReadOnlyList<string> all)
    {
        var name = Short(folder);
        return all.Count(other => Short(other) == name) == 1 ? name : folder;

        static string Short(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
    }
}
