using Altar.Metrics;

namespace Altar.Recipes.Folds;

/// <summary>One fold.</summary>
/// <param name="Fold">From 1.</param>
/// <param name="Run">Its run folder.</param>
/// <param name="Scores">What its network scores on the pictures that it did not learn from.</param>
public sealed record FoldScore(int Fold, string Run, ClassificationScores Scores);

/// <summary>What a recipe is worth on every picture, each judged by a network that did not learn from it.</summary>
/// <param name="Folder">Where all of it is.</param>
/// <param name="Folds">The folds that are done.</param>
/// <param name="Scores">Over all their pictures together; null while a fold is missing.</param>
/// <param name="NeverJudged">Pictures that no fold could judge: their class is in one group only.</param>
/// <param name="Interrupted">Whether it was asked to stop before its end; it can then be resumed.</param>
public sealed record FoldsResult(string Folder, IReadOnlyList<FoldScore> Folds, ClassificationScores? Scores, int NeverJudged, bool Interrupted);
