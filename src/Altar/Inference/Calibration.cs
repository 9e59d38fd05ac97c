using Altar.Ensembling;
using Altar.Metrics;
using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Inference;

/// <summary>The temperature that suits a checkpoint, and what it does.</summary>
/// <param name="Temperature">Above 1 where the network is too sure.</param>
/// <param name="Before">Scores at temperature 1.</param>
/// <param name="After">Scores at the temperature, on the pictures that it was chosen on: a little too good.</param>
/// <param name="Crossed">Scores where each half was judged at the temperature chosen on the other: the honest figure. Null where a half would have no picture.</param>
public sealed record Calibration(double Temperature, ClassificationScores Before, ClassificationScores After, ClassificationScores? Crossed)
{
    /// <summary>Chooses the temperature with the least log-loss (arXiv:1706.04599).</summary>
    /// <param name="classes">Names of the classes, in the order of the outputs.</param>
    /// <param name="predictions">What the network said, at temperature 1, of pictures that it did not learn from.</param>
    /// <param name="seed">Decides the halves of <see cref="Crossed"/>.</param>
    public static Calibration Of(IReadOnlyList<string> classes, IReadOnlyList<Prediction> predictions, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var temperature = Metrics.Temperature.Fit(predictions);
        return new Calibration(
            temperature, ClassificationScores.From(classes, predictions),
            ClassificationScores.From(classes, predictions.Select(one => At(one, temperature))),
            predictions.Count < 2 ? null : ClassificationScores.From(classes, Cross(predictions, seed)));
    }

    /// <summary>Chooses the temperature of a checkpoint and writes it into its model card, where prediction finds it.</summary>
    /// <param name="checkpoint">The checkpoint. An earlier temperature is replaced.</param>
    /// <param name="path">Labelled pictures that it did not learn from.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <param name="options">Batch, threads and views; null for the defaults. The temperature suits these views.</param>
    /// <param name="progress">Told how many pictures are to be judged, and gives the receiver that is told how many are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>; nothing is written.</param>
    /// <exception cref="BadInputException">The checkpoint or the pictures cannot be used.</exception>
    public static Calibration Write(
        MemberCheckpoint checkpoint, string path, string device = "auto", PredictOptions? options = null, Func<int, IProgress<int>>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        using var predictor = Predictor.Open([checkpoint], device, calibrates: false);
        var set = Evaluator.Open(predictor, path);
        var evaluation = Evaluator.Evaluate(predictor, set, options, progress?.Invoke(set.Samples.Count), cancel);
        var calibration = Of(set.Classes, evaluation.Predictions, new Seed(1));
        ModelCardFile.Write(checkpoint.Folder, predictor.Card with { Temperature = calibration.Temperature });
        return calibration;
    }

    /// <summary>What a prediction becomes at a temperature, relative to the one it was made at.</summary>
    /// <param name="prediction">The prediction; it stays as it is.</param>
    /// <param name="temperature">Above 0; 1/T undoes T.</param>
    public static Prediction At(Prediction prediction, double temperature)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        float[] probabilities = [.. prediction.Probabilities];
        Metrics.Temperature.Apply(probabilities, temperature);
        return prediction with { Probabilities = probabilities };
    }

    private static IEnumerable<Prediction> Cross(IReadOnlyList<Prediction> predictions, Seed seed)
    {
        var inFirst = StratifiedHalves.Of([.. predictions.Select(one => one.Label)], seed);
        foreach (var judged in (bool[])[true, false])
        {
            var temperature = Metrics.Temperature.Fit([.. predictions.Where((_, i) => inFirst[i] != judged)]);
            foreach (var (i, one) in predictions.Index())
            {
                if (inFirst[i] == judged) yield return At(one, temperature);
            }
        }
    }
}
