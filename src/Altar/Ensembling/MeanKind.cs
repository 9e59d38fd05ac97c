namespace Altar.Ensembling;

/// <summary>How what several networks, or several views, say of a picture becomes one.</summary>
public enum MeanKind
{
    /// <summary>The mean of the probabilities. Its log-loss is at most the mean of the members' log-losses.</summary>
    Arithmetic,

    /// <summary>The geometric mean of the probabilities, made to sum to 1: the softmax of the mean of the logits. One member that is sure it is not so weighs heavily.</summary>
    Geometric,
}
