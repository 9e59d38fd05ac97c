namespace Altar.Datasets.Heads;

/// <summary>A head as a recipe names it, before its classes are known.</summary>
/// <param name="Name">Its name; <c>data.sets[].labels</c> refers to it.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Classes">Its classes, in the order of the outputs. Default: the labels that occur, by ordinal order.</param>
public sealed record HeadSpec(string Name, HeadKind Kind, IReadOnlyList<string>? Classes = null)
{
    /// <summary>For <see cref="HeadKind.Multi"/>: the labels are the words of a text, in lower case, instead of a list. Default false.</summary>
    public bool SplitsWords { get; init; }
}
