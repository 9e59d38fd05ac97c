using System.Globalization;
using Altar.Tensors;

namespace Altar.Reports;

/// <summary>A CSV file of a run with rows for some of its steps, whose number comes first. It is made with its first row.</summary>
/// <remarks>As in <see cref="MetricsFile"/>, rows are handed to the system one by one, and a part of a last row is passed over.</remarks>
internal sealed class StepTable : IDisposable
{
    private readonly string _path, _header;
    private StreamWriter? _writer;

    private StepTable(string path, string header) => (_path, _header) = (path, header);

    /// <summary>Opens the file, and drops what comes after a step: a resumed run does it again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its columns; the first is the step.</param>
    /// <param name="throughStep">The last step that stays; 0 begins anew.</param>
    public static StepTable Open(string path, string header, int throughStep)
    {
        var table = new StepTable(path, header);
        if (!File.Exists(path)) return table;
        var kept = throughStep == 0 ? [] : WholeLines(path).Skip(1).Where(line => StepOf(line) <= throughStep).ToList();
        if (kept.Count == 0) File.Delete(path);
        else AtomicFile.WriteText(path, string.Concat(kept.Prepend(header).Select(line => line + "\n")));
        return table;
    }

    /// <summary>Reads the norms of a run; a line that holds none is passed over.</summary>
    /// <param name="path">The file; none gives no rows.</param>
    public static IReadOnlyList<NormRecord> ReadNorms(string path) =>
        File.Exists(path) ? [.. WholeLines(path).Skip(1).Select(NormsOf).OfType<NormRecord>()] : [];

    /// <summary>Appends a row.</summary>
    public void Add(int step, params IEnumerable<object> fields)
    {
        if (_writer is null)
        {
            var isNew = !File.Exists(_path);
            _writer = new StreamWriter(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true, NewLine = "\n" };
            if (isNew) _writer.WriteLine(_header);
        }

        _writer.WriteLine(CsvLine.Write([step, .. fields]));
    }

    public void Dispose() => _writer?.Dispose();

    private static string[] WholeLines(string path)
    {
        var text = File.ReadAllText(path);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static NormRecord? NormsOf(string line) =>
        line.Split(',') is [_, var gradient, var weight]
        && double.TryParse(gradient, CultureInfo.InvariantCulture, out var ofGradients) && double.TryParse(weight, CultureInfo.InvariantCulture, out var ofWeights)
            ? new NormRecord(StepOf(line), ofGradients, ofWeights)
            : null;

    private static int StepOf(string line) =>
        int.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf(','))), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : int.MaxValue;
}
