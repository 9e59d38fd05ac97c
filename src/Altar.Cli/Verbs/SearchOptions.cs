using System.CommandLine;

namespace Altar.Cli.Verbs;

/// <summary>What the verbs of <c>altar search</c> say in the same words.</summary>
internal static class SearchOptions
{
    public static Argument<string> Index() => new("INDEX") { Description = "The folder of an index, or postgresql://user@host/database?table=NAME." };

    public static readonly Option<string?> Run = new("--run")
    {
        Description = "The run or checkpoint of the network, where the index does not hold a copy.",
        HelpName = "RUN",
    };

    public static readonly Option<int?> Expansion = new("--expansion")
    {
        Description = "Candidates looked at in the graph: more find more and take longer. Default: the index's own.",
        HelpName = "N",
    };
}
