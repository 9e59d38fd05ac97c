using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Inference;

/// <summary>How predictions are written down.</summary>
public enum PredictionFormat
{
    /// <summary>predictions.csv: <c>image,label,probability</c> and, where asked, a column a class. RFC 4180, lines end in LF.</summary>
    Csv,

    /// <summary>predictions.jsonl: an object a line with the same names; the classes' probabilities lie under <c>probabilities</c>.</summary>
    JsonLines,
}

/// <summary>Writes what a network said, picture by picture.</summary>
public static class PredictionFile
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the predictions as they come; the file is there when all are.</summary>
    /// <param name="folder">Where; it is made.</param>
    /// <param name="classes">Names of the classes, in the order of the probabilities.</param>
    /// <param name="predictions">What the network said. Among equal probabilities the first class is the label.</param>
    /// <param name="format">Default CSV.</param>
    /// <param name="withProbabilities">Whether every class's probability is written, too. Default false.</param>
    /// <returns>The file, and how many predictions are in it.</returns>
    public static (string Path, int Count) Write(
        string folder, IReadOnlyList<string> classes, IEnumerable<Prediction> predictions, PredictionFormat format = PredictionFormat.Csv, bool withProbabilities = false)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(predictions);
        var path = Path.Combine(folder, format == PredictionFormat.Csv ? "predictions.csv" : "predictions.jsonl");
        var count = 0;
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            if (format == PredictionFormat.Csv) writer.WriteLine(Row(["image", "label", "probability", .. withProbabilities ? classes : []]));
            foreach (var prediction in predictions)
            {
                writer.WriteLine(format == PredictionFormat.Csv ? CsvLine(prediction, classes, withProbabilities) : JsonLine(prediction, classes, withProbabilities));
                count++;
            }
        });
        return (path, count);
    }

    private static string CsvLine(Prediction prediction, IReadOnlyList<string> classes, bool withProbabilities)
    {
        var first = Ranking.First(prediction.Probabilities);
        IEnumerable<float> others = withProbabilities ? prediction.Probabilities : [];
        return Row([prediction.Path, classes[first], .. others.Prepend(prediction.Probabilities[first]).Select(p => p.ToString(CultureInfo.InvariantCulture))]);
    }

    private static string JsonLine(Prediction prediction, IReadOnlyList<string> classes, bool withProbabilities)
    {
        var first = Ranking.First(prediction.Probabilities);
        var line = new Dictionary<string, object> { ["image"] = prediction.Path, ["label"] = classes[first], ["probability"] = prediction.Probabilities[first] };
        if (withProbabilities) line["probabilities"] = classes.Zip(prediction.Probabilities).ToDictionary(pair => pair.First, pair => pair.Second);
        return JsonSerializer.Serialize(line, Readable);
    }

    internal static string Row(IEnumerable<string> fields) => string.Join(',', fields.Select(Quoted));

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
