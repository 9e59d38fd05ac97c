namespace Altar.Training.Tricks;

/// <summary>Which pictures an epoch visits.</summary>
public enum SamplingKind
{
    /// <summary>Each once, in a new order.</summary>
    Shuffle,

    /// <summary>As many as there are, of each class equally many.</summary>
    Balanced,

    /// <summary>Each once, those of rare classes several times.</summary>
    Repeat,

    /// <summary>As many as there are, the likelier the larger their last loss.</summary>
    Loss,
}

/// <summary>How much each class counts in the loss; the classes that occur have the mean 1.</summary>
public enum ClassWeighting
{
    /// <summary>All alike.</summary>
    None,

    /// <summary>1 / its number of pictures.</summary>
    Inverse,

    /// <summary>1 / its effective number of pictures, beta 0.999 (arXiv:1901.05555): between the two others.</summary>
    Effective,
}

/// <summary>Which pictures an epoch visits: the recipe's <c>sampling</c>, a name or a mapping such as <c>{from: repeat, least: 200}</c>.</summary>
public sealed record SamplingOptions
{
    /// <summary>The rule. Default shuffle.</summary>
    public SamplingKind Kind { get; init; }

    /// <summary>Of repeat: a class with fewer pictures is repeated up to so many, at least 1. Default 500.</summary>
    public int Least { get; init; } = 500;

    /// <summary>Of repeat: a picture comes at most so often, at least 1. Default 100.</summary>
    public int Copies { get; init; } = 100;

    /// <summary>Of loss: the share of the draws that is even over all pictures, in (0, 1]. Default 0.3.</summary>
    public double Even { get; init; } = 0.3;

    /// <summary>Reads a name: shuffle, balanced, repeat or loss.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FormatException">No such rule.</exception>
    public static SamplingOptions Parse(string text) => new()
    {
        Kind = text switch
        {
            "shuffle" => SamplingKind.Shuffle,
            "balanced" => SamplingKind.Balanced,
            "repeat" => SamplingKind.Repeat,
            "loss" => SamplingKind.Loss,
            _ => throw new FormatException($"'{text}' is no sampling; write shuffle, balanced, repeat or loss"),
        },
    };
}
