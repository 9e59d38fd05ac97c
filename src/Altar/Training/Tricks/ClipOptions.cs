using System.Globalization;

namespace Altar.Training.Tricks;

/// <summary>Bounds of the gradients: the recipe's <c>clip</c>, a number for the norm or one of the keys.</summary>
public sealed record ClipOptions
{
    /// <summary>Largest Euclidean norm of all gradients together, above 0 (arXiv:1211.5063); null (default): no bound.</summary>
    public double? Norm { get; init; }

    /// <summary>Largest absolute value of each number, above 0; null (default): no bound.</summary>
    public double? Value { get; init; }

    /// <summary>Largest ratio of a unit's gradient to its weights, both as norms, above 0 (arXiv:2102.06171, usually 0.01 to 0.1); null (default): no bound. The head is left out, as in the paper.</summary>
    public double? Adaptive { get; init; }

    /// <summary>Reads a number: the norm.</summary>
    /// <param name="text">The number.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ClipOptions Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var norm) && double.IsFinite(norm)
            ? new ClipOptions { Norm = norm }
            : throw new FormatException($"'{text}' is no bound; write a norm such as 1, or {{norm: 1}}, {{value: 0.5}} or {{adaptive: 0.01}}");
}
