using Spectre.Console;
using Spectre.Console.Rendering;

namespace Altar.Cli.Output;

/// <summary>Where a verb writes: people read stdout, or stderr where <c>--json</c> keeps stdout for one object.</summary>
internal sealed class Screen
{
    /// <summary>Takes the line at hand of a terminal away.</summary>
    public const string EraseLine = "\r\e[2K";

    private const int PipeWidth = 160;   // a pipe has no width; 80 would break the lines of tables

    private readonly IAnsiConsole _console;
    private bool _hasResult;

    public Screen(bool json)
    {
        IsJson = json;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(json ? Console.Error : Console.Out) });
        IsTerminal = _console.Profile.Out.IsTerminal && _console.Profile.Capabilities.Ansi;
    }

    public bool IsJson { get; }

    public bool IsTerminal { get; }

    /// <summary>Columns of the terminal.</summary>
    public int Width => IsTerminal ? _console.Profile.Width : PipeWidth;

    /// <summary>A line as it is: no markup, no wrapping.</summary>
    public void Line(string text = "") => Raw(text + "\n");

    /// <summary>A table or anything else that Spectre draws; without colours and padding in a pipe.</summary>
    public void Write(IRenderable drawing)
    {
        if (IsTerminal) _console.Write(drawing);
        else Raw(Plain(drawing));
    }

    /// <summary>A line that must not be overlooked.</summary>
    public void Warn(string text)
    {
        if (IsTerminal) _console.MarkupLineInterpolated($"[yellow]warning:[/] {text}");
        else Line($"warning: {text}");
    }

    /// <summary>Text as it is, without an end of line.</summary>
    public void Raw(string text)
    {
        _console.Profile.Out.Writer.Write(text);
        _console.Profile.Out.Writer.Flush();
    }

    /// <summary>The object on stdout; nothing without <c>--json</c>, and nothing the second time.</summary>
    public void Result(object result)
    {
        if (!IsJson || _hasResult) return;
        _hasResult = true;
        Console.Out.WriteLine(JsonText.OneLine(result));
        Console.Out.Flush();
    }

    /// <summary>The message alone on stderr and, with <c>--json</c>, an object that says the same.</summary>
    public void Error(string message, int exitCode)
    {
        Console.Error.WriteLine(message);
        Result(new { Error = message, ExitCode = exitCode });
    }

    private static string Plain(IRenderable drawing)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = PipeWidth;
        console.Write(drawing);
        return string.Concat(text.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd() + "\n"));
    }
}
