using Altar.Inference;
using Altar.Metrics;

namespace Altar.Recipes.Folds;

/// <summary>What the network of a fold says of the pictures that it did not learn from.</summary>
/// <param name="Fold">From 1.</param>
/// <param name="Run">Its run folder.</param>
/// <param name="Predictions">In the order of the fold's val.</param>
internal sealed record FoldPredictions(int Fold, string Run, IReadOnlyList<Prediction> Predictions)
{
    public static FoldPredictions Of(int fold, string run, string val, FoldsOptions options, CancellationToken cancel)
    {
        using var predictor = Predictor.Open(MemberCheckpoint.Find([run], [options.Checkpoint]), options.Device);
        var evaluation = Evaluator.Evaluate(predictor, Evaluator.Open(predictor, val), cancel: cancel);
        return new FoldPredictions(fold, run, evaluation.Predictions);
    }
}
