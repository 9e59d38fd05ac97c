using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Altar.Datasets.Heads;
using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Inference.Heads;

/// <summary>How the answers of several heads are written down.</summary>
public sealed record HeadsFileOptions
{
    /// <summary>Default CSV.</summary>
    public PredictionFormat Format { get; init; }

    /// <summary>Titles of a title head, at least 1. Default 3.</summary>
    public int Titles { get; init; } = 3;

    /// <summary>A text that the heads fill, written as <c>text</c>. Default none.</summary>
    public TitleTemplate? Template { get; init; }

    /// <summary>Whether the probability of every class and label is written, too. Default false.</summary>
    public bool Probabilities { get; init; }
}

/// <summary>Writes what several heads said, picture by picture.</summary>
/// <remarks>
/// In predictions.csv a head has columns of its own. single: HEAD, HEAD_probability. title: the same, then HEAD_2, HEAD_2_probability and so on.
/// multi: HEAD with the labels at or above their thresholds (; between them, - for none, as manifests have it), and with bands HEAD_decision
/// (reject, review or pass) and HEAD_because, the labels that led to it. value: HEAD. With every probability: HEAD.CLASS.
/// In predictions.jsonl there is an object for each head with the same.
/// </remarks>
public static class HeadsPredictionFile
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the predictions as they come; the file is there when all are.</summary>
    /// <param name="folder">Where; it is made.</param>
    /// <param name="heads">The heads, in the order of the predictions.</param>
    /// <param name="predictions">What the network said.</param>
    /// <param name="options">Format and columns.</param>
    /// <returns>The file, and how many predictions are in it.</returns>
    public static (string Path, int Count) Write(string folder, IReadOnlyList<HeadCard> heads, IEnumerable<HeadsPrediction> predictions, HeadsFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(heads);
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(options);
        var isCsv = options.Format == PredictionFormat.Csv;
        var path = Path.Combine(folder, isCsv ? "predictions.csv" : "predictions.jsonl");
        var count = 0;
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            if (isCsv) writer.WriteLine(PredictionFile.Row(["image", .. options.Template is null ? Array.Empty<string>() : ["text"], .. heads.SelectMany(head => Columns(head, options))]));
            foreach (var prediction in predictions)
            {
                List<HeadAnswer> answers = [.. heads.Select((head, i) => HeadAnswer.Of(head, prediction.Said[i], options.Titles))];
                writer.WriteLine(isCsv ? CsvLine(prediction, answers, options) : JsonLine(prediction, answers, options));
                count++;
            }
        });
        return (path, count);
    }

    private static IEnumerable<string> Columns(HeadCard head, HeadsFileOptions options)
    {
        var name = head.Name;
        string[] own = head.Kind switch
        {
            HeadKind.Value => [name],
            HeadKind.Multi => head.Bands is null ? [name] : [name, $"{name}_decision", $"{name}_because"],
            _ => [name, $"{name}_probability", .. Enumerable.Range(2, TitlesOf(head, options) - 1).SelectMany(place => (string[])[$"{name}_{place}", $"{name}_{place}_probability"])],
        };
        return options.Probabilities ? own.Concat(head.Classes.Select(label => $"{name}.{label}")) : own;
    }

    private static string CsvLine(HeadsPrediction prediction, List<HeadAnswer> answers, HeadsFileOptions options) => PredictionFile.Row(
    [
        prediction.Path, .. options.Template is { } template ? [template.Fill(answers)] : Array.Empty<string>(),
        .. answers.Zip(prediction.Said, (answer, said) => Cells(answer).Concat(options.Probabilities && answer.Value is null ? said.Select(Number) : [])).SelectMany(cells => cells),
    ]);

    private static IEnumerable<string> Cells(HeadAnswer answer)
    {
        if (answer.Value is { } value) return [value.ToString("R", CultureInfo.InvariantCulture)];
        if (answer.Head.Kind != HeadKind.Multi) return answer.Labels.SelectMany(label => (string[])[label.Label, Number(label.Probability)]);
        var labels = Joined(answer.Labels.Select(label => label.Label));
        return answer.Decision is { } decision ? [labels, decision.ToString().ToLowerInvariant(), Joined(answer.DecidedBy)] : [labels];
    }

    private static string JsonLine(HeadsPrediction prediction, List<HeadAnswer> answers, HeadsFileOptions options)
    {
        var line = new Dictionary<string, object> { ["image"] = prediction.Path };
        if (options.Template is { } template) line["text"] = template.Fill(answers);
        foreach (var (answer, said) in answers.Zip(prediction.Said)) line[answer.Head.Name] = ToJson(answer, options.Probabilities ? said : null);
        return JsonSerializer.Serialize(line, Readable);
    }

    private static Dictionary<string, object> ToJson(HeadAnswer answer, float[]? said)
    {
        var head = new Dictionary<string, object>();
        if (answer.Value is { } value) head["value"] = value;
        else if (answer.Head.Kind == HeadKind.Single) (head["label"], head["probability"]) = (answer.Labels[0].Label, answer.Labels[0].Probability);
        else head[answer.Head.Kind == HeadKind.Title ? "titles" : "labels"] = answer.Labels.Select(ToJson);
        if (answer.Decision is { } decision) (head["decision"], head["because"]) = (decision.ToString().ToLowerInvariant(), answer.DecidedBy);
        if (said is not null && answer.Value is null) head["probabilities"] = answer.Head.Classes.Zip(said).ToDictionary(pair => pair.First, pair => pair.Second);
        return head;
    }

    private static Dictionary<string, object> ToJson(SaidLabel label)
    {
        var json = new Dictionary<string, object> { ["label"] = label.Label, ["probability"] = label.Probability };
        if (label.Decision is { } decision) json["decision"] = decision.ToString().ToLowerInvariant();
        return json;
    }

    private static int TitlesOf(HeadCard head, HeadsFileOptions options) => head.Kind == HeadKind.Title ? Math.Min(options.Titles, head.Classes.Count) : 1;

    private static string Joined(IEnumerable<string> labels) => string.Join(';', labels) is { Length: > 0 } text ? text : HeadPlace.NoneOfThem;

    private static string Number(float probability) => probability.ToString(CultureInfo.InvariantCulture);
}
