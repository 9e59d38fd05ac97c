using Altar.Tensors;

namespace Altar.Datasets.Generated;

/// <summary>How many products are drawn.</summary>
public sealed record GeneratedProductsOptions
{
    /// <summary>Pictures to learn from, at least 10; the classes take turns. Default 2400.</summary>
    public int TrainPictures { get; init; } = 2400;

    /// <summary>Pictures to judge by, at least 10. Default 400.</summary>
    public int ValPictures { get; init; } = 400;

    /// <summary>Share of the training pictures whose label is wrong, 0 to 0.5. The labels of val are right. Default 0.04.</summary>
    public double FlippedShare { get; init; } = 0.04;

    /// <summary>Returns itself when every value is in its range.</summary>
    /// <exception cref="BadInputException">A value is outside of its range.</exception>
    public GeneratedProductsOptions Validated() => this switch
    {
        { TrainPictures: < 10 } or { ValPictures: < 10 } => throw new BadInputException("generated products: fewer than 10 pictures on a side; give each of the ten classes one."),
        { FlippedShare: < 0 or > 0.5 or double.NaN } => throw new BadInputException($"generated products: a share of {FlippedShare} wrong labels is outside 0 to 0.5."),
        _ => this,
    };
}
