namespace Altar.Training;

/// <summary>What a run does when its loss is no number: the recipe's <c>on_nonfinite</c>.</summary>
public sealed record NonFiniteOptions
{
    /// <summary>What the stage's rate is multiplied by each time, in (0, 1). Default 0.5.</summary>
    public double Factor { get; init; } = 0.5;

    /// <summary>How often a stage goes back before the run stops; 0: it stops at once. Default 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Reads "stop": the run ends at once.</summary>
    /// <param name="text">The word.</param>
    /// <exception cref="FormatException">It is another.</exception>
    public static NonFiniteOptions Parse(string text) => text == "stop"
        ? new NonFiniteOptions { Retries = 0 }
        : throw new FormatException($"'{text}' is neither stop nor a mapping; write stop, or {{factor: 0.5, retries: 3}}");
}

/// <summary>What a run does when the memory does not suffice for a batch: the recipe's <c>on_out_of_memory</c>.</summary>
public enum MemoryPolicy
{
    /// <summary>Stop, and say what to lower.</summary>
    Stop,

    /// <summary>Go back to the last checkpoint, and take each batch in twice as many parts. Batch norms then see the parts.</summary>
    Split,
}
