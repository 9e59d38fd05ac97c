namespace Altar.Datasets;

/// <summary>The two sides of a run.</summary>
/// <param name="Train">The pictures to learn from. Its classes are the run's.</param>
/// <param name="Val">The pictures to judge by, with the same classes.</param>
/// <param name="Warnings">What may make the result worse or its score better than it is; each a sentence.</param>
public sealed record TrainingPictures(PictureSet Train, PictureSet Val, IReadOnlyList<string> Warnings);
