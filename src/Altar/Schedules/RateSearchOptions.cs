using System.Globalization;
using Altar.Tensors;

namespace Altar.Schedules;

/// <summary>Which rates a search tries.</summary>
public sealed record RateSearchOptions
{
    /// <summary>The first rate, above 0. Default 1e-6.</summary>
    public double From { get; init; } = 1e-6;

    /// <summary>The last rate, above <see cref="From"/>. Default 10.</summary>
    public double To { get; init; } = 10;

    /// <summary>Steps, at least 10. Default 100.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>Returns itself when every value is in its range.</summary>
    /// <exception cref="BadInputException">A value is outside.</exception>
    public RateSearchOptions Validated()
    {
        if (!(From > 0 && double.IsFinite(From))) throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"from: {From} is not above 0; 1e-6 is usual."));
        if (!(To > From && double.IsFinite(To))) throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"to: {To} is not above the first rate, {From}; 10 is usual."));
        return Steps >= 10 ? this : throw new BadInputException($"steps: {Steps} are too few for a curve; 100 are usual, 10 the least.");
    }
}
