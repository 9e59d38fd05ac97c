namespace Altar.Metrics;

/// <summary>How the masks of a class fare picture by picture ("macro"): means in which a small picture counts as much as a large one.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Iou">Mean IoU, 0 to 1; a picture in which the class neither occurs nor was said has 1.</param>
/// <param name="Dice">Mean Dice, 0 to 1; a picture in which the class neither occurs nor was said has 1.</param>
public sealed record PictureScore(string Name, double Iou, double Dice);

/// <summary>How well masks agree with the truth.</summary>
/// <remarks>Over no pictures every share is NaN.</remarks>
public sealed record SegmentationScores
{
    /// <summary>Pictures that were judged.</summary>
    public required long Pictures { get; init; }

    /// <summary>Over all pixels of all pictures together.</summary>
    public required PixelScores Pixels { get; init; }

    /// <summary>Picture by picture, one for each class.</summary>
    public required IReadOnlyList<PictureScore> PerPicture { get; init; }

    /// <summary>The outlines of each class over all pictures; null where they were not judged.</summary>
    public required IReadOnlyList<BoundaryCounts>? Outlines { get; init; }

    /// <summary>Mean over classes and pictures of the IoU.</summary>
    public double PictureIou => PerPicture.Average(score => score.Iou);

    /// <summary>Mean over classes and pictures of the Dice.</summary>
    public double PictureDice => PerPicture.Average(score => score.Dice);

    /// <summary>Mean F1 of the outlines of the classes that have one; NaN where none has or they were not judged.</summary>
    public double OutlineF1 => (Outlines ?? []).Select(counts => counts.F1).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
