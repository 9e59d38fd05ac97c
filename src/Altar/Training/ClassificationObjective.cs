using Altar.Datasets;
using Altar.Losses;
using Altar.Tensors;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>Cross-entropy and focal loss of a classifier, weighed as a stage says, with label smoothing and class weights.</summary>
internal sealed class ClassificationObjective : IObjective
{
    private const string CrossEntropyName = "cross_entropy", FocalName = "focal";
    private readonly double _crossEntropy, _focal, _smoothing;
    private readonly float[]? _classWeights;

    private ClassificationObjective(Stage stage, float[]? classWeights)
    {
        var terms = stage.Loss ?? new Dictionary<string, double> { [CrossEntropyName] = 1 };
        (_crossEntropy, _focal) = (terms.GetValueOrDefault(CrossEntropyName), terms.GetValueOrDefault(FocalName));
        (_smoothing, _classWeights) = (stage.LabelSmoothing, classWeights);
    }

    /// <summary>What a stage minimises.</summary>
    /// <exception cref="BadInputException">It asks for class weights, and the labels are not known.</exception>
    public static ClassificationObjective Of(Stage stage, IReadOnlyList<string> classes, IReadOnlyList<int>? labels)
    {
        if (stage.ClassWeights == ClassWeighting.None) return new ClassificationObjective(stage, null);
        if (labels is null) throw new BadInputException($"stage '{stage.Name}': class_weights: the labels of the training pictures are not known; remove the key.");
        var counts = ClassBalance.Counts(labels, classes.Count);
        var weights = stage.ClassWeights == ClassWeighting.Inverse ? ClassBalance.InverseFrequency(counts) : ClassBalance.EffectiveNumber(counts);
        return new ClassificationObjective(stage, [.. weights.Select(weight => (float)weight)]);
    }

    /// <summary>What a stage asks for that a classifier cannot do.</summary>
    public static IEnumerable<(string Key, string Message)> Problems(Stage stage)
    {
        var terms = stage.Loss ?? new Dictionary<string, double>();
        foreach (var (name, weight) in terms)
        {
            if (name is not (CrossEntropyName or FocalName)) yield return ($"loss.{name}", $"is no loss of a classifier; write {CrossEntropyName} or {FocalName}");
            else if (weight < 0) yield return ($"loss.{name}", "is negative; a loss is minimised, so its weight is 0 or more");
        }

        if (stage.Loss is not null && terms.Values.All(weight => weight <= 0)) yield return ("loss", $"has no weight above 0; write e.g. {{{FocalName}: 1}}");
        if (stage.LabelSmoothing > 0 && terms.GetValueOrDefault(FocalName) > 0) yield return ("label_smoothing", $"belongs to {CrossEntropyName}, not to {FocalName}; remove one of the two");
    }

    public Tensor Mean(Tensor output, Tensor targets) => Sum(output,
        weights => CrossEntropy.Mean(output, targets, _smoothing, weights),
        weights => Focal.Mean(output, targets, alpha: weights));

    public Tensor Each(Tensor output, Tensor targets) => Sum(output,
        weights => CrossEntropy.Each(output, targets, _smoothing, weights),
        weights => Focal.Each(output, targets, alpha: weights));

    public Tensor? Probabilities(Tensor output) => nn.functional.softmax(output, 1);

    private Tensor Sum(Tensor output, Func<Tensor?, Tensor> crossEntropy, Func<Tensor?, Tensor> focal)
    {
        using var weights = _classWeights is null ? null : tensor(_classWeights, device: output.device);   // [K]
        if (_focal == 0) return Times(crossEntropy(weights), _crossEntropy);
        if (_crossEntropy == 0) return Times(focal(weights), _focal);
        return Times(crossEntropy(weights), _crossEntropy).Plus(focal(weights), _focal);
    }

    private static Tensor Times(Tensor loss, double weight) => weight == 1 ? loss : loss.Times(weight);
}
