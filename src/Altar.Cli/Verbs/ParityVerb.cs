using System.CommandLine;
using Altar.Cli.Output;
using Altar.Networks.Parity;

namespace Altar.Cli.Verbs;

/// <summary><c>altar parity</c>: compares the networks with other implementations.</summary>
internal sealed class ParityVerb : Verb
{
    private readonly Argument<string> _folder = new("DIR") { Description = "A folder of NAME.json files: names and shapes of the parameters, and outputs for weights made by a formula." };

    public ParityVerb() : base("parity", "Compares each network's parameter names, shapes and outputs with those of another implementation.", "altar parity references --json") => Add(_folder);

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var report = ParityCheck.Run(words.GetValue(_folder)!, new Lines(screen), interruption.Token);
        screen.Line(report.Ok ? $"All {report.Networks.Count} agree." : $"{report.Networks.Count(network => !network.Ok)} of {report.Networks.Count} differ.");
        screen.Result(new { report.Ok, report.Networks });
        return report.Ok ? ExitCode.Ok : ExitCode.Failed;
    }

    // Each network as soon as it is done; Progress<T> would print from another thread, and late.
    private sealed class Lines(Screen screen) : IProgress<NetworkParity>
    {
        public void Report(NetworkParity value) =>
            screen.Line($"{(value.Ok ? "ok" : "differs"),-8} {value.Name,-24} {(value.Difference is { } difference ? $"{Text.Rate(difference)} of the standard deviation" : "")}{(value.Reason is null ? "" : $" {value.Reason}")}");
    }
}
