using System.CommandLine;
using Altar.Cli.Output;
using Altar.Search;

namespace Altar.Cli.Verbs;

/// <summary><c>altar search evaluate</c>: how well the photos of an index find those that belong to them.</summary>
internal sealed class SearchEvaluateVerb : Verb
{
    private readonly Argument<string> _index = SearchOptions.Index();
    private readonly Option<string> _label = new("--label") { Description = "The column that says what belongs together, e.g. category; of a folder: folder.", HelpName = "COLUMN", Required = true };
    private readonly Option<string?> _group = new("--group") { Description = "A second column, e.g. the sender: scored too, and the first again among photos of other senders.", HelpName = "COLUMN" };

    public SearchEvaluateVerb() : base("evaluate", "Scores an index: each photo is asked for, with itself left out. Recall@1, recall@10, mean average precision.",
        "altar search evaluate photos.index --label category --group sender --json")
    {
        Add(_index);
        Add(_label);
        Add(_group);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        using var index = IndexPlace.Open(words.GetValue(_index)!);
        var (label, group) = (words.GetValue(_label)!, words.GetValue(_group));
        List<IndexedPhoto> photos = [.. index.Photos()];
        var same = RetrievalQuality.Measure(photos, label, cancel: interruption.Token);
        var grouped = group is null ? null : RetrievalQuality.Measure(photos, group, cancel: interruption.Token);
        var apart = group is null ? null : RetrievalQuality.Measure(photos, label, apart: group, interruption.Token);

        var table = Columns.Of(1, "same", "queries", "recall@1", "recall@10", "mAP");
        Add(table, label, same);
        if (grouped is not null) Add(table, group!, grouped);
        if (apart is not null) Add(table, $"{label}, of another {group}", apart);
        screen.Write(table);
        screen.Result(new { Photos = photos.Count, Label = ToJson(label, same), Group = grouped is null ? null : ToJson(group!, grouped), LabelOfOtherGroups = apart is null ? null : ToJson(label, apart) });
        return ExitCode.Ok;
    }

    private static void Add(Spectre.Console.Table table, string name, RetrievalScores scores) =>
        table.Add(name, $"{scores.Queries}", Text.Share(scores.RecallAt1), Text.Share(scores.RecallAt10), Text.Share(scores.MeanAveragePrecision));

    private static object ToJson(string column, RetrievalScores scores) => new
    {
        Column = column,
        scores.Queries,
        scores.WithoutMatch,
        Recall1 = scores.RecallAt1,
        Recall10 = scores.RecallAt10,
        Map = scores.MeanAveragePrecision,
    };
}
