using Altar.Images;

namespace Altar.Datasets.Inspecting;

/// <summary>How the sizes of pictures are spread.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Shorter">The shorter side, in pixels: what limits the useful input size.</param>
/// <param name="Aspect">Width by height: above 1 is wide, below 1 tall.</param>
public sealed record SizeSummary(Spread Width, Spread Height, Spread Shorter, Spread Aspect)
{
    /// <summary>Summarises sizes.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <returns>Null where there is none.</returns>
    public static SizeSummary? Of(IReadOnlyCollection<PixelSize> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return sizes.Count == 0 ? null : new SizeSummary(
            Spread.Of(sizes.Select(size => (double)size.Width)),
            Spread.Of(sizes.Select(size => (double)size.Height)),
            Spread.Of(sizes.Select(size => (double)size.Shorter)),
            Spread.Of(sizes.Select(size => (double)size.Width / size.Height)));
    }
}

/// <summary>Least, middle and greatest of some numbers.</summary>
/// <param name="Min">The least.</param>
/// <param name="Median">The middle one; between two middle ones their mean.</param>
/// <param name="Max">The greatest.</param>
public sealed record Spread(double Min, double Median, double Max)
{
    internal static Spread Of(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return new Spread(sorted[0], (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[^1]);
    }
}
