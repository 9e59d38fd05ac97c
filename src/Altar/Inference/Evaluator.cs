using Altar.Datasets;
using Altar.Ensembling;
using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Inference;

/// <summary>How good a network is on a set.</summary>
/// <param name="Scores">Top-1 with its interval, top-5, log-loss, per class, confusion.</param>
/// <param name="Predictions">What it said of each picture, in the set's order.</param>
/// <param name="Skipped">Pictures that could not be read, with the reason.</param>
public sealed record Evaluation(ClassificationScores Scores, IReadOnlyList<Prediction> Predictions, IReadOnlyList<DamagedPicture> Skipped);

/// <summary>Scores a trained network on labelled pictures.</summary>
public static class Evaluator
{
    /// <summary>Opens labelled pictures with the columns and the classes of a checkpoint.</summary>
    /// <param name="predictor">The checkpoint.</param>
    /// <param name="path">A folder with a folder a class, or a manifest.</param>
    /// <exception cref="BadInputException">It cannot be read, or has a class that the network does not know.</exception>
    public static PictureSet Open(Predictor predictor, string path)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        var card = predictor.Card;
        return PictureSource.Open(path, new DataOptions { Image = card.ImageColumn, Label = card.LabelColumn }, card.Classes);
    }

    /// <summary>Judges every picture and scores the result.</summary>
    /// <param name="predictor">The network.</param>
    /// <param name="set">The pictures, with the network's classes in the network's order.</param>
    /// <param name="options">Batch and threads; null for the defaults.</param>
    /// <param name="progress">Told how many pictures are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The set has other classes.</exception>
    /// <exception cref="BadInputException">Not one picture can be read.</exception>
    public static Evaluation Evaluate(
        Predictor predictor, PictureSet set, PredictOptions? options = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(set);
        RequireClasses(predictor, set);
        var setAside = new SetAside();
        List<Prediction> predictions = [.. predictor.Predict(set.Samples, options, setAside, progress, cancel)];
        RequireSome(predictions.Count, set, setAside);
        return new Evaluation(ClassificationScores.From(set.Classes, predictions), predictions, setAside.Items);
    }

    /// <summary>Judges every picture with each network of an ensemble, once.</summary>
    /// <param name="predictor">The networks.</param>
    /// <param name="set">The pictures, with the networks' classes in the networks' order.</param>
    /// <param name="options">Batch, threads and views; null for the defaults.</param>
    /// <param name="progress">Told how many pictures are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>What each said, to average as often as wanted; and the pictures that could not be read.</returns>
    /// <exception cref="ArgumentException">The set has other classes.</exception>
    /// <exception cref="BadInputException">Not one picture can be read.</exception>
    public static (IReadOnlyList<EnsembleMember> Members, IReadOnlyList<DamagedPicture> Skipped) EvaluateEach(
        Predictor predictor, PictureSet set, PredictOptions? options = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(set);
        RequireClasses(predictor, set);
        var setAside = new SetAside();
        var members = predictor.PredictEach(set.Samples, options, setAside, progress, cancel);
        RequireSome(members[0].Predictions.Count, set, setAside);
        return (members, setAside.Items);
    }

    private static void RequireClasses(Predictor predictor, PictureSet set)
    {
        if (!set.Classes.SequenceEqual(predictor.Card.Classes)) throw new ArgumentException("The set must have the network's classes in the network's order.", nameof(set));
    }

    private static void RequireSome(int count, PictureSet set, SetAside setAside)
    {
        if (count == 0) throw new BadInputException($"{set.Source}: not one of {set.Samples.Count} pictures can be read; the first: {setAside.Items.Select(item => $"{item.Path} ({item.Reason})").FirstOrDefault()}.");
    }
}
