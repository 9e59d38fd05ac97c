using System.CommandLine;
using System.CommandLine.Help;
using Altar.Cli.Output;
using Altar.Cli.Verbs;

namespace Altar.Cli;

/// <summary>From the words on the command line to an exit code.</summary>
internal static class CommandLine
{
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "One object on stdout, for other programs; progress and messages go to stderr.",
        Recursive = true,
    };

    public static int Run(IReadOnlyList<string> args)
    {
        var root = Root();
        var words = args.Count == 0 ? ["--help"] : Words.SpreadOverrides(args);
        if ((Words.FindUnknownVerb(words, root) ?? Words.FindUnknownOption(words, root)) is { } problem) return Refuse(problem, words);

        var parsed = root.Parse(words);
        return parsed.Errors is [var first, ..] && parsed.Action is not ExampleHelp
            ? Refuse($"{first.Message} '{Words.Address(parsed.CommandResult.Command)} --help' shows an example.", words)
            : parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,   // Verb tells bad input from a failure
                ProcessTerminationTimeout = null,        // Interruption listens to the signals
            });
    }

    internal static RootCommand Root()
    {
        var root = new RootCommand("Trains, evaluates and uses vision models.") { Json };
        foreach (var verb in Verb.All()) root.Add(verb);
        foreach (var option in root.Options.OfType<HelpOption>()) option.Action = new ExampleHelp((HelpAction)option.Action!);
        return root;
    }

    private static int Refuse(string problem, IEnumerable<string> words)
    {
        new Screen(words.Contains(Json.Name)).Error(problem, ExitCode.BadInput);
        return ExitCode.BadInput;
    }
}
