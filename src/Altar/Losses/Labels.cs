using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>What the losses on labels share: their checks, and means over what is labelled.</summary>
internal static class Labels
{
    /// <summary>The label of a sample that has none.</summary>
    public const long Missing = -1;

    // Smaller than any weight, large enough for a float: 0 / this is 0 where nothing is labelled.
    private const double Nothing = 1e-12;

    /// <summary>total / weight, 0 where the weight is 0.</summary>
    /// <param name="total">Any shape; 0 where the weight is.</param>
    /// <param name="weight">The same shape, at least 0.</param>
    public static Tensor Share(Tensor total, Tensor weight) => total.div(weight.AtLeast(Nothing));

    /// <summary>The weight of each label, [N]: 0 where it is missing.</summary>
    /// <param name="labels">Int64 [N].</param>
    /// <param name="classWeights">Float [K]. Default: all 1.</param>
    /// <param name="type">Of the result.</param>
    public static Tensor Weights(Tensor labels, Tensor? classWeights, ScalarType type)
    {
        var known = labels.IsAtLeast(0).to_type(type);
        return classWeights is null ? known : classWeights.index_select(0, labels.AtLeast(0)).to_type(type).mul(known);
    }

    public static void Check(Tensor logits, Tensor labels, Tensor? classWeights)
    {
        var (count, classes) = Shape.Nk(logits, nameof(logits));
        CheckShape(labels, [count], nameof(labels));
        if (classWeights is not null) CheckShape(classWeights, [classes], nameof(classWeights));
    }

    public static void CheckShape(Tensor tensor, long[] expected, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (!tensor.shape.SequenceEqual(expected)) throw new ArgumentException($"{name} must be [{string.Join(", ", expected)}], but is [{string.Join(", ", tensor.shape)}].", name);
    }
}
