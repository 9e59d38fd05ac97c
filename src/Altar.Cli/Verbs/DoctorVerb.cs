using System.CommandLine;
using Altar.Cli.Doctor;
using Altar.Cli.Output;
using Spectre.Console;

namespace Altar.Cli.Verbs;

/// <summary><c>altar doctor</c>: checks the machine and names the cures.</summary>
internal sealed class DoctorVerb() : Verb("doctor", "Checks native libraries, processor, GPU, memory, disk and fonts, and says for each what is wrong and the cure.",
    "altar doctor", "altar doctor --json")
{
    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var findings = Examination.Run();
        var isHealthy = findings.All(finding => finding.Status != Health.Failed);
        Print(findings, screen);
        screen.Result(new { Ok = isHealthy, Checks = findings });
        return isHealthy ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void Print(IReadOnlyList<Finding> findings, Screen screen)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn(new TableColumn("").NoWrap()).AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        foreach (var finding in findings)
        {
            table.AddRow(Mark(finding.Status), Markup.Escape(finding.Name), Markup.Escape(finding.Found));
            if (finding.Problem is not null) table.AddRow("", "", Markup.Escape(finding.Problem));
            if (finding.Cure is not null) table.AddRow("", "", $"[bold]Cure:[/] {Markup.Escape(finding.Cure)}");
        }

        screen.Write(table);
        screen.Line(findings.Count(finding => finding.Status != Health.Ok) switch
        {
            0 => "All is well.",
            1 => "1 finding.",
            var count => $"{count} findings.",
        });
    }

    private static string Mark(Health health) => health switch
    {
        Health.Ok => "[green]ok[/]",
        Health.Warning => "[yellow]warning[/]",
        _ => "[red]failed[/]",
    };
}
