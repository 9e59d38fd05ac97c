using Altar.Metrics;
using Altar.Training;

namespace Altar.Reports;

/// <summary>What a run's report tells.</summary>
public sealed record RunReportContent
{
    /// <summary>The heading, e.g. the recipe's name.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the classes, in the order of the outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The resolved recipe as text.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>Rows of metrics.csv.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [];

    /// <summary>Rows of steps.csv.</summary>
    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>The finished stages.</summary>
    public IReadOnlyList<StageSummary> Stages { get; init; } = [];

    /// <summary>Ends of cycles, and the snapshots kept there. Default none.</summary>
    public IReadOnlyList<CourseMark> Marks { get; init; } = [];

    /// <summary>Rows of norms.csv. Default none.</summary>
    public IReadOnlyList<NormRecord> Norms { get; init; } = [];

    /// <summary>What the best checkpoint of a classifier says of the validation pictures; null where the task is another. Default: nothing.</summary>
    public IReadOnlyList<Prediction>? Predictions { get; init; } = [];

    /// <summary>Tiles that the task brings along. Default none.</summary>
    public IReadOnlyList<ReportTile> Tiles { get; init; } = [];

    /// <summary>Sections that the task brings along. Default none.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];

    /// <summary>A sentence on what the curves show. Default none.</summary>
    public string CurvesNote { get; init; } = "";

    /// <summary>Validation pictures; null (default): as many as there are predictions.</summary>
    public int? ValPictures { get; init; }

    /// <summary>What the best epoch was chosen by. Default log-loss.</summary>
    public Metric Best { get; init; } = Metric.LogLoss;

    /// <summary>Sentences: leaks, growing memory and the like.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Damaged pictures and why they could not be read.</summary>
    public IReadOnlyDictionary<string, string> SetAside { get; init; } = new Dictionary<string, string>();

    /// <summary>Versions, processor, threads, device. Default: <see cref="RunEnvironment.Describe"/> without a device.</summary>
    public IReadOnlyList<EnvironmentFact> Environment { get; init; } = RunEnvironment.Describe();

    /// <summary>When the report was made; null (default): not told.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Pictures on the sheet of worst errors. Default 24.</summary>
    public int Errors { get; init; } = 24;
}
