namespace Altar.Metrics;

/// <summary>How the pixels of a class fare, over all pictures together.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Counts">Its pixels against all others: IoU, Dice, precision, recall, F1 and accuracy are its shares; NaN where the class neither occurs nor was said.</param>
public sealed record PixelClassScore(string Name, BinaryCounts Counts);

/// <summary>How well masks agree, counted over all pixels of all pictures ("micro"), 0 to 1; higher is better.</summary>
/// <remarks>Over no pixels every share is NaN. A class that neither occurs nor was said is left out of the means.</remarks>
public sealed record PixelScores
{
    /// <summary>Pixels that were judged.</summary>
    public required long Pixels { get; init; }

    /// <summary>Share of right pixels.</summary>
    public required double Accuracy { get; init; }

    /// <summary>One for each name, in the order of the classes.</summary>
    public required IReadOnlyList<PixelClassScore> PerClass { get; init; }

    /// <summary>Mean IoU of the classes; of one class, its IoU.</summary>
    public double MeanIou => Mean(counts => counts.Iou);

    /// <summary>Mean Dice, that is F1, of the classes; of one class, its Dice.</summary>
    public double MeanDice => Mean(counts => counts.Dice);

    /// <summary>The classes' intersections over the classes' unions.</summary>
    public double MicroIou => Sum.Iou;

    /// <summary>Twice the classes' intersections over the classes' areas; over all values of a mask it is the accuracy.</summary>
    public double MicroDice => Sum.Dice;

    private BinaryCounts Sum => PerClass.Aggregate(default(BinaryCounts), (sum, score) => sum + score.Counts);

    private double Mean(Func<BinaryCounts, double> share) =>
        PerClass.Select(score => share(score.Counts)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
