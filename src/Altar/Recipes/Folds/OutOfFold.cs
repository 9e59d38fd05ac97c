using Altar.Metrics;
using Altar.Reports;
using Altar.Tensors;

namespace Altar.Recipes.Folds;

/// <summary>Writes out-of-fold predictions: what second-stage models, label checks and calibration learn from.</summary>
internal static class OutOfFold
{
    public const string Name = "predictions.csv";

    /// <summary>Writes a row a picture: image, fold, truth, label, probability, and the probability of each class under its name.</summary>
    public static void Write(string folder, IReadOnlyList<string> classes, IReadOnlyList<FoldPredictions> folds) =>
        AtomicFile.Write(Path.Combine(folder, Name), stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(CsvLine.Write(["image", "fold", "truth", "label", "probability", .. classes]));
            foreach (var fold in folds)
            {
                foreach (var prediction in fold.Predictions) writer.WriteLine(Row(fold.Fold, prediction, classes));
            }
        });

    private static string Row(int fold, Prediction prediction, IReadOnlyList<string> classes)
    {
        var first = Ranking.First(prediction.Probabilities);
        return CsvLine.Write([prediction.Path, fold, classes[prediction.Label], classes[first], prediction.Probabilities[first], .. prediction.Probabilities.Cast<object>()]);
    }
}
