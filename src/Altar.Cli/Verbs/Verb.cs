using System.CommandLine;
using Altar.Cli.Output;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary>A verb: what it takes, an example of it, and what it does.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description, params string[] examples) : base(name, description)
    {
        Examples = examples;
        SetAction(Guard);
    }

    /// <summary>Commands that can be pasted.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>How it is called: "inria evaluate" for a verb of a verb.</summary>
    public string FullName => Parents.OfType<Verb>().FirstOrDefault() is { } parent ? $"{parent.FullName} {Name}" : Name;

    /// <summary>Every verb, in the order of a first day.</summary>
    public static IEnumerable<Verb> All() => [new TrainVerb(), new EvaluateVerb(), new PredictVerb(), new EnsembleVerb(), new CalibrateVerb(), new SearchVerb(), new FoldsVerb(), new PlanVerb(), new FindRateVerb(), new CompareVerb(), new InspectDataVerb(), new ShardVerb(), new InriaVerb(), new ModelsVerb(), new ParityVerb(), new DoctorVerb()];

    /// <summary>Does the work.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    protected abstract int Run(ParseResult words, Screen screen, Interruption interruption);

    private int Guard(ParseResult words)
    {
        var screen = new Screen(words.GetValue(CommandLine.Json));
        using var interruption = new Interruption();
        try
        {
            NativeLibraries.Prepare();
            return Run(words, screen, interruption);
        }
        catch (BadInputException error)
        {
            return Fail(screen, error, error.Message, ExitCode.BadInput);
        }
        catch (OperationCanceledException error) when (interruption.Code != 0)
        {
            return Fail(screen, error, "Interrupted.", interruption.Code);
        }
#pragma warning disable CA1031 // The last frame before the process ends: whatever it was, say it in one line.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Fail(screen, error, Explain(error), ExitCode.Failed);
        }
    }

    private static int Fail(Screen screen, Exception error, string message, int code)
    {
        screen.Error(message, code);
        if (Environment.GetEnvironmentVariable("ALTAR_TRACE") is "1") Console.Error.WriteLine(error);
        return code;
    }

    private static string Explain(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            var isLibrary = cause is DllNotFoundException or BadImageFormatException
                || (cause is NotSupportedException && cause.Message.Contains("libtorch", StringComparison.OrdinalIgnoreCase));
            if (isLibrary) return $"A native library cannot be loaded; 'altar doctor' names what is missing and the cure. ({FirstLine(cause.Message)})";
        }

        if (error is IOException) return error.Message;   // of a file, which it names
        return $"{error.GetType().Name}: {error.Message} (ALTAR_TRACE=1 shows where.)";
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
