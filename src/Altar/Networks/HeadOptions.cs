using System.Runtime.Serialization;
using Altar.Datasets.Heads;

namespace Altar.Networks;

/// <summary>What a head minimises.</summary>
public enum HeadLoss
{
    /// <summary>-ln p of the true class: of single and title.</summary>
    [EnumMember(Value = "cross_entropy")]
    CrossEntropy,

    /// <summary>Easy samples count less, gamma 2 (arXiv:1708.02002): of single, title and multi.</summary>
    Focal,

    /// <summary>Cross-entropy of each label, a sigmoid each: of multi.</summary>
    Bce,

    /// <summary>A square up to one <see cref="HeadOptions.Scale"/> from the target, a line beyond (Huber 1964): of value.</summary>
    Huber,

    /// <summary>The absolute distance, whose best answer is the median: of value.</summary>
    Absolute,

    /// <summary>The squared distance, whose best answer is the mean: of value.</summary>
    Squared,
}

/// <summary>Over what the softmax of single-label heads is taken.</summary>
public enum SoftmaxScope
{
    /// <summary>Each head over its own classes.</summary>
    Heads,

    /// <summary>One over the classes of all single and title heads together, as in "avitonet4k". Within a head the shares are those of its own softmax.</summary>
    Joint,
}

/// <summary>One of several heads on a trunk: an entry of the recipe's <c>model.heads</c>.</summary>
public sealed record HeadOptions
{
    /// <summary>single (default), multi, title or value.</summary>
    public HeadKind Kind { get; init; }

    /// <summary>Factor of its loss in the sum of all heads, above 0. Default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Its classes, in the order of the outputs. Default: the labels of the training sets, by ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>What it minimises. Null (default): cross_entropy for single and title, bce for multi, huber for value.</summary>
    public HeadLoss? Loss { get; init; }

    /// <summary>Of a multi head: the labels are the words of a text, in lower case. Default false.</summary>
    public bool Words { get; init; }

    /// <summary>Of a multi head: each threshold finds the most while at least this share of what is said is true, in (0, 1]. Null (default): the best F1.</summary>
    public double? Precision { get; init; }

    /// <summary>Of a multi head: share of the rejected that must have the label, in [0, 1]. Default 0.95.</summary>
    public double RejectPrecision { get; init; } = 0.95;

    /// <summary>Of a multi head: share of those with the label that must not pass, in [0, 1]. Default 0.99.</summary>
    public double PassRecall { get; init; } = 0.99;

    /// <summary>Of a value head: what the network calls 0, in the unit of the value. Null (default): the mean of the training labels.</summary>
    public double? Center { get; init; }

    /// <summary>Of a value head: what the network calls 1 above <see cref="Center"/>, above 0. Null (default): the standard deviation of the training labels.</summary>
    public double? Scale { get; init; }

    /// <summary>The loss, chosen or by the kind.</summary>
    public HeadLoss LossOrDefault => Loss ?? Kind switch
    {
        HeadKind.Multi => HeadLoss.Bce,
        HeadKind.Value => HeadLoss.Huber,
        _ => HeadLoss.CrossEntropy,
    };
}
