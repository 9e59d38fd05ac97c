using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Altar.Cli.Verbs;

namespace Altar.Cli;

/// <summary>The usual help, closed by examples that can be pasted.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly string[] FirstSteps =
    [
        "altar train recipes/quickstart.yaml",
        "altar train photos --out runs/photos",
        "altar predict runs/photos --input new-photos --out predictions",
        "altar doctor",
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var code = help.Invoke(parseResult);
        var examples = parseResult.CommandResult.Command is Verb verb ? verb.Examples : FirstSteps;
        output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in examples) output.WriteLine($"  {example}");
        output.WriteLine();
        return code;
    }
}
