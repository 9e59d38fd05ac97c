using System.CommandLine;
using Altar.Ensembling;
using Altar.Inference;
using Altar.Inference.Views;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary>What evaluate, predict and ensemble say in the same words.</summary>
internal static class InferenceOptions
{
    public static readonly Option<int> Batch = new("--batch") { Description = "Pictures at once.", HelpName = "N", DefaultValueFactory = _ => new PredictOptions().Batch };

    public static readonly Option<int> Threads = new("--threads") { Description = "Threads that decode; 0: one for each processor.", HelpName = "N", DefaultValueFactory = _ => 0 };

    public static readonly Option<string> Views = new("--views")
    {
        Description = "Views of each picture that are judged and averaged: none, flips (4) or d4 (8); of classifiers also mirror (2), five crops, ten, scales (3), and crops and symmetries joined by '+'.",
        HelpName = "VIEWS",
        DefaultValueFactory = _ => "none",
    };

    public static readonly Option<string> ViewMean = new("--view-mean") { Description = "How views are averaged: probabilities (arithmetic) or logits (geometric).", HelpName = "MEAN", DefaultValueFactory = _ => "probabilities" };

    public static readonly Option<string> Mean = new("--mean") { Description = "How networks are averaged: arithmetic or geometric.", HelpName = "MEAN", DefaultValueFactory = _ => "arithmetic" };

    public static readonly Option<bool> Snapshots = new("--snapshots") { Description = "All snapshots of each run, as an ensemble." };

    public static readonly Option<string> Members = new("--members") { Description = "Checkpoints of each run, as an ensemble: best,last,snapshot-1 ...; 'snapshots' means all of those.", HelpName = "LIST" };

    /// <summary>Everything about views and members that an ensemble of classifiers can be told.</summary>
    public static IEnumerable<Option> OfEnsembles => [Snapshots, Members, Mean, Views, ViewMean];

    /// <summary>The options that the words give.</summary>
    /// <exception cref="BadInputException">A number is out of its range, or a name is not known.</exception>
    public static PredictOptions Of(ParseResult words)
    {
        var options = new PredictOptions
        {
            Batch = words.GetValue(Batch),
            Threads = ThreadsOf(words),
            Views = ViewPlan.Parse(words.GetValue(Views) ?? "none"),
            ViewMean = ViewMeanOf(words),
        };
        return options.Batch >= 1 ? options : throw new BadInputException($"--batch: {options.Batch} pictures at once; at least 1 is needed.");
    }

    /// <summary>The number of threads that the words give.</summary>
    /// <exception cref="BadInputException">It is negative.</exception>
    public static int ThreadsOf(ParseResult words) =>
        words.GetValue(Threads) is var threads and >= 0 ? threads : throw new BadInputException($"--threads: {words.GetValue(Threads)}; 0 takes one for each processor.");

    /// <summary>How networks are averaged.</summary>
    /// <exception cref="BadInputException">Neither of both.</exception>
    public static MeanKind MeanOf(ParseResult words) => words.GetValue(Mean) switch
    {
        null or "arithmetic" => MeanKind.Arithmetic,
        "geometric" => MeanKind.Geometric,
        var other => throw new BadInputException($"--mean: '{other}' is not known. Write arithmetic or geometric."),
    };

    /// <summary>Which checkpoints of a run are meant; null for its best.</summary>
    /// <exception cref="BadInputException">They are named twice.</exception>
    public static IReadOnlyList<string>? MembersOf(ParseResult words)
    {
        var (list, snapshots) = (words.GetValue(Members), words.GetValue(Snapshots));
        if (list is not null && snapshots) throw new BadInputException("--snapshots and --members say both which checkpoints are meant. Leave one out; 'snapshots' may be one of the --members.");
        return snapshots ? ["snapshots"] : list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The checkpoints that runs and words name.</summary>
    public static IReadOnlyList<MemberCheckpoint> Find(ParseResult words, IReadOnlyList<string> runs) => MemberCheckpoint.Find(runs, MembersOf(words));

    /// <summary>Opens them as the words say.</summary>
    public static Predictor Open(ParseResult words, IReadOnlyList<MemberCheckpoint> checkpoints) =>
        Predictor.Open(checkpoints, words.GetValue(RecipeOptions.Device)!, MeanOf(words));

    /// <summary>The checkpoint of a segmentation network: masks are not averaged over networks.</summary>
    /// <exception cref="BadInputException">There are several, or the words speak of a mean.</exception>
    public static string OnlyMasks(ParseResult words, IReadOnlyList<MemberCheckpoint> checkpoints)
    {
        Refuse(words, [Mean, ViewMean], "classifiers, and this run is of a segmentation network, whose views are averaged as probabilities");
        return Only(checkpoints, "a segmentation network");
    }

    /// <summary>The checkpoint of a network with several heads, which are not averaged either.</summary>
    /// <exception cref="BadInputException">There are several, or the words speak of views or a mean.</exception>
    public static string OnlyHeads(ParseResult words, IReadOnlyList<MemberCheckpoint> checkpoints)
    {
        Refuse(words, [Mean, Views, ViewMean], "networks with one softmax over classes, and this run is of one with several heads");
        return Only(checkpoints, "a network with several heads");
    }

    /// <summary>Refuses options that would change nothing: a mistake that nobody sees.</summary>
    /// <exception cref="BadInputException">One of them was given.</exception>
    public static void Refuse(ParseResult words, IEnumerable<Option> options, string reason)
    {
        if (options.FirstOrDefault(option => words.GetResult(option) is { Implicit: false }) is { } given) throw new BadInputException($"{given.Name} is for {reason}. Leave it out.");
    }

    private static string Only(IReadOnlyList<MemberCheckpoint> checkpoints, string kind) => checkpoints.Count == 1
        ? checkpoints[0].Folder
        : throw new BadInputException($"{checkpoints[0].Name} is of {kind}, and what several of them say is not averaged. Name one checkpoint.");

    private static MeanKind ViewMeanOf(ParseResult words) => words.GetValue(ViewMean) switch
    {
        null or "probabilities" => MeanKind.Arithmetic,
        "logits" => MeanKind.Geometric,
        var other => throw new BadInputException($"--view-mean: '{other}' is not known. Write probabilities or logits."),
    };
}
