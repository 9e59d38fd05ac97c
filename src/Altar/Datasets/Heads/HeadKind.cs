namespace Altar.Datasets.Heads;

/// <summary>What a head of the network says of a picture.</summary>
public enum HeadKind
{
    /// <summary>One of K classes (softmax).</summary>
#pragma warning disable CA1720 // The recipe's word, which has nothing to do with the number type.
    Single,
#pragma warning restore CA1720

    /// <summary>Any of K labels (a sigmoid each): moderation rules, tags.</summary>
    Multi,

    /// <summary>One of K titles (softmax), of which the best few are given.</summary>
    Title,

    /// <summary>A number (regression).</summary>
    Value,
}
