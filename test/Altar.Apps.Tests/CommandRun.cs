using System.Diagnostics;
using System.Text.Json;

namespace Altar.Apps.Tests;

/// <summary>The program as people start it, in a process of its own, and what it left on its streams.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The last line of stdout, which <c>--json</c> promises to be one object.</summary>
    public JsonElement Json => JsonDocument.Parse(Output.TrimEnd('\n').Split('\n')[^1]).RootElement;

    public static CommandRun Of(params string[] words) => In(Environment.CurrentDirectory, words);

    public static CommandRun In(string folder, params string[] words) => ToEnd(Start("dotnet", folder, [Cli, .. words]));

    public static Process Start(string program, string folder, params IEnumerable<string> words) =>
        Process.Start(new ProcessStartInfo(program, words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ALTAR_HOME"] = Repository.Root,   // as the launcher says it
                ["OMP_NUM_THREADS"] = "1",          // tests run beside each other: threads that wait for a core spin
            },
        })!;

    public static CommandRun ToEnd(Process process)
    {
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new CommandRun(process.ExitCode, output, errors.Result);
        }
    }

    public static string Cli => Path.Combine(AppContext.BaseDirectory, "Altar.Cli.dll");
}
