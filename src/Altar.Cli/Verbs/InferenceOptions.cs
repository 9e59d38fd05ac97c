using System.CommandLine;
using Altar.Inference;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary>What evaluate and predict say in the same words. The result does not depend on them.</summary>
internal static class InferenceOptions
{
    public static readonly Option<int> Batch = new("--batch") { Description = "Pictures at once.", HelpName = "N", DefaultValueFactory = _ => new PredictOptions().Batch };

    public static readonly Option<int> Threads = new("--threads") { Description = "Threads that decode; 0: one for each processor.", HelpName = "N", DefaultValueFactory = _ => 0 };

    /// <summary>The options that the words give.</summary>
    /// <exception cref="BadInputException">A number is out of its range.</exception>
    public static PredictOptions Of(ParseResult words)
    {
        var options = new PredictOptions { Batch = words.GetValue(Batch), Threads = ThreadsOf(words) };
        return options.Batch >= 1 ? options : throw new BadInputException($"--batch: {options.Batch} pictures at once; at least 1 is needed.");
    }

    /// <summary>The number of threads that the words give.</summary>
    /// <exception cref="BadInputException">It is negative.</exception>
    public static int ThreadsOf(ParseResult words) =>
        words.GetValue(Threads) is var threads and >= 0 ? threads : throw new BadInputException($"--threads: {words.GetValue(Threads)}; 0 takes one for each processor.");
}
