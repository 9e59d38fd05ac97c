using System.Globalization;
using Altar.Datasets;
using Altar.Metrics;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Reports;

/// <summary>The numbers of a run as it goes: <c>metrics.csv</c> with a row an epoch, <c>steps.csv</c> with a row a step.</summary>
/// <remarks>
/// Rows are handed to the system one by one, so a run that is killed leaves all but perhaps a part of its last row, which
/// readers pass over. Numbers are written so that reading gives back the same bits, whatever the culture.
/// </remarks>
public sealed class MetricsFile : IDisposable
{
    /// <summary>Name of the file with a row an epoch.</summary>
    public const string EpochsName = "metrics.csv";

    /// <summary>Name of the file with a row a step.</summary>
    public const string StepsName = "steps.csv";

    // Between them stand the validation's figures, which differ by task.
    private static readonly string[] ColumnsBefore = ["epoch", "stage", "steps", "rate", "train_loss"],
        ColumnsAfter = ["seconds", "pictures_per_second", "waiting_share", "live_tensors", "memory_mib"];

    private const string StepsHeader = "step,epoch,rate,loss";

    private readonly StreamWriter _epochs, _steps;

    private MetricsFile(StreamWriter epochs, StreamWriter steps) => (_epochs, _steps) = (epochs, steps);

    /// <summary>Opens both files to append.</summary>
    /// <param name="folder">The run folder; it is made.</param>
    /// <param name="metrics">The validation's figures: a column each.</param>
    /// <param name="throughStep">Rows of later steps are dropped first: a resumed run does those again. 0 (default) begins anew.</param>
    /// <param name="throughEpoch">Rows of later epochs are dropped too. Default: all are kept.</param>
    /// <exception cref="BadInputException">A file that is to be continued is no such file.</exception>
    public static MetricsFile Open(string folder, IReadOnlyList<Metric> metrics, int throughStep = 0, int throughEpoch = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        string epochs = Path.Combine(folder, EpochsName), steps = Path.Combine(folder, StepsName);
        var keptEpochs = throughStep == 0 ? [] : ReadEpochs(epochs).Where(row => row.Steps <= throughStep && row.Epoch <= throughEpoch).Select(Line);
        var keptSteps = throughStep == 0 ? [] : ReadSteps(steps).Where(row => row.Step <= throughStep).Select(Line);
        return new MetricsFile(Rewrite(epochs, string.Join(',', [.. ColumnsBefore, .. metrics.Select(metric => metric.Name), .. ColumnsAfter]), keptEpochs), Rewrite(steps, StepsHeader, keptSteps));
    }

    /// <summary>Reads <c>metrics.csv</c>.</summary>
    /// <param name="path">The file; none gives no rows.</param>
    /// <exception cref="BadInputException">A row other than an unfinished last one cannot be read.</exception>
    public static IReadOnlyList<EpochRecord> ReadEpochs(string path)
    {
        return Read(path, IsHeader, Parse);

        static string? IsHeader(IReadOnlyList<string> columns) =>
            columns.Count >= ColumnsBefore.Length + ColumnsAfter.Length && columns.Take(ColumnsBefore.Length).SequenceEqual(ColumnsBefore) && columns.TakeLast(ColumnsAfter.Length).SequenceEqual(ColumnsAfter)
                ? null
                : $"{string.Join(',', ColumnsBefore)}, figures, {string.Join(',', ColumnsAfter)}";

        static EpochRecord Parse(IReadOnlyList<string> columns, IReadOnlyList<string> f)
        {
            var figures = Enumerable.Range(ColumnsBefore.Length, columns.Count - ColumnsBefore.Length - ColumnsAfter.Length);
            var after = columns.Count - ColumnsAfter.Length;
            return new EpochRecord(
                Whole(f[0]), f[1], Whole(f[2]), Real(f[3]), Real(f[4]), new MetricValues(figures.Select(at => (new Metric(columns[at]), Real(f[at])))),
                Real(f[after]), Real(f[after + 1]), Real(f[after + 2]), long.Parse(f[after + 3], CultureInfo.InvariantCulture), Real(f[after + 4]));
        }
    }

    /// <summary>Reads <c>steps.csv</c>.</summary>
    /// <param name="path">The file; none gives no rows.</param>
    /// <exception cref="BadInputException">A row other than an unfinished last one cannot be read.</exception>
    public static IReadOnlyList<StepRecord> ReadSteps(string path) =>
        Read(path, columns => string.Join(',', columns) == StepsHeader ? null : StepsHeader, (_, f) => new StepRecord(Whole(f[0]), Whole(f[1]), Real(f[2]), Real(f[3])));

    /// <summary>Appends an epoch and waits until both files are on the disk.</summary>
    /// <param name="row">The epoch.</param>
    public void Add(EpochRecord row)
    {
        _epochs.WriteLine(Line(row));
        ((FileStream)_epochs.BaseStream).Flush(flushToDisk: true);
        ((FileStream)_steps.BaseStream).Flush(flushToDisk: true);
    }

    /// <summary>Appends a step.</summary>
    /// <param name="row">The step.</param>
    public void Add(StepRecord row) => _steps.WriteLine(Line(row));

    /// <summary>Closes both files.</summary>
    public void Dispose()
    {
        _epochs.Dispose();
        _steps.Dispose();
    }

    private static StreamWriter Rewrite(string path, string header, IEnumerable<string> rows)
    {
        AtomicFile.WriteText(path, string.Concat(rows.Prepend(header).Select(row => row + "\n")));
        return new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true, NewLine = "\n" };
    }

    // expected: null for a header that fits, else what it should be.
    private static List<T> Read<T>(string path, Func<IReadOnlyList<string>, string?> expected, Func<IReadOnlyList<string>, IReadOnlyList<string>, T> parse)
    {
        if (!File.Exists(path)) return [];
        var text = File.ReadAllText(path);
        var whole = text[..(text.LastIndexOf('\n') + 1)];   // what follows the last line end is unfinished
        var rows = CsvReader.Read(new StringReader(whole), path).ToList();
        if (rows.Count == 0) return [];
        var columns = rows[0].Fields;
        return expected(columns) is { } header
            ? throw new BadInputException($"{path}, line 1: the columns are not {header}. Another version wrote the file; move it away, or start a new run.")
            : [.. rows.Skip(1).Select(row => ParseRow(path, row, columns, parse))];
    }

    private static T ParseRow<T>(string path, CsvRow row, IReadOnlyList<string> columns, Func<IReadOnlyList<string>, IReadOnlyList<string>, T> parse)
    {
        if (row.Fields.Count != columns.Count)
            throw new BadInputException($"{path}, line {row.Line}: {row.Fields.Count} fields where {columns.Count} are expected. Mend or remove the line.");

        try
        {
            return parse(columns, row.Fields);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new BadInputException($"{path}, line {row.Line}: '{string.Join(',', row.Fields)}' holds a field that is no number. Mend or remove the line.", error);
        }
    }

    private static string Line(EpochRecord r) => CsvLine.Write(
    [
        r.Epoch, r.Stage, r.Steps, r.Rate, r.TrainLoss, .. r.Val.Select(pair => (object)pair.Value),
        r.Seconds, r.PicturesPerSecond, r.WaitingShare, r.LiveTensors, r.MemoryMiB,
    ]);

    private static string Line(StepRecord r) => CsvLine.Write(r.Step, r.Epoch, r.Rate, r.Loss);

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
