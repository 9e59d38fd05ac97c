using Altar.Images;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Input shapes of different aspect, of which each picture takes the one nearest to its own.</summary>
/// <remarks>
/// Nearest means in the logarithm of width / height, so that the border between two shapes is the geometric mean of their aspects:
/// between 224x224 and 224x320 at sqrt(320 / 224) = 1.195. A network with global average pooling takes every shape.
/// </remarks>
public sealed class ShapeBuckets
{
    private readonly double[] _logs;

    /// <summary>Buckets of the shapes, numbered in their order.</summary>
    /// <param name="shapes">At least one; no two of the same aspect.</param>
    /// <exception cref="BadInputException">There is none, or two have the same aspect.</exception>
    public ShapeBuckets(IReadOnlyList<PixelSize> shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        if (shapes.Count == 0) throw new BadInputException("data.shapes is empty. Write [224x224, 224x320, 320x224] (height x width), or data.size for a single shape.");
        _logs = [.. shapes.Select(LogAspect)];
        for (var one = 0; one < shapes.Count; one++)
        {
            if (Array.IndexOf(_logs, _logs[one]) is var same && same != one)
                throw new BadInputException($"data.shapes: {shapes[same]} and {shapes[one]} have the same aspect, so no picture could choose between them. Leave one out.");
        }

        Shapes = shapes;
    }

    /// <summary>The shapes, in the order of their numbers.</summary>
    public IReadOnlyList<PixelSize> Shapes { get; }

    /// <summary>The shape with the most pixels.</summary>
    public PixelSize Largest => Shapes.MaxBy(shape => shape.Area);

    /// <summary>Width / height at which the choice changes, ascending: one less than there are shapes.</summary>
    public IReadOnlyList<double> Borders
    {
        get
        {
            double[] sorted = [.. _logs.Order()];
            return [.. sorted.Zip(sorted.Skip(1), (left, right) => Math.Exp((left + right) / 2))];
        }
    }

    /// <summary>Reads shapes as <see cref="PixelSize.Parse"/> does.</summary>
    /// <param name="shapes">Such as 224x320: height x width.</param>
    /// <exception cref="BadInputException">One is no size, there is none, or two have the same aspect.</exception>
    public static ShapeBuckets Parse(IEnumerable<string> shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        return new ShapeBuckets([.. shapes.Select(text => PixelSize.TryParse(text, null, out var size)
            ? size
            : throw new BadInputException($"data.shapes: '{text}' is no size. Write 224, or 224x320 for height x width."))]);
    }

    /// <summary>The bucket of a picture; exactly on a border the first of the two.</summary>
    /// <param name="picture">Size of the upright picture.</param>
    /// <returns>Index into <see cref="Shapes"/>.</returns>
    public int Choose(PixelSize picture)
    {
        var aspect = LogAspect(picture);
        var best = 0;
        for (var bucket = 1; bucket < _logs.Length; bucket++)
        {
            if (Math.Abs(_logs[bucket] - aspect) < Math.Abs(_logs[best] - aspect)) best = bucket;
        }

        return best;
    }

    private static double LogAspect(PixelSize size) => Math.Log((double)size.Width / size.Height);
}
