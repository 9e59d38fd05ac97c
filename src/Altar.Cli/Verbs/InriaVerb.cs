using System.CommandLine;
using Altar.Cli.Output;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar inria</c>: the protocol of the Inria Aerial Image Labeling benchmark.</summary>
internal sealed class InriaVerb : Verb
{
    public InriaVerb() : base("inria", "The Inria Aerial Image Labeling benchmark: its split, its scores, its submission, its leaderboard.",
        "altar inria split --data AerialImageDataset --out inria", "altar inria evaluate --pred predictions --gt AerialImageDataset/train/gt --val",
        "altar inria submit --pred predictions --out submission.zip", "altar inria leaderboard --mine scores.json")
    {
        Add(new InriaSplitVerb());
        Add(new InriaEvaluateVerb());
        Add(new InriaSubmitVerb());
        Add(new InriaLeaderboardVerb());
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption) =>
        throw new BadInputException($"altar inria: say what to do: {string.Join(", ", Subcommands.Select(verb => verb.Name))}. 'altar inria --help' shows examples.");
}
