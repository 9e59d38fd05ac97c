using Altar.Images;

namespace Altar.Datasets.Masks;

/// <summary>A picture and the classes of its pixels.</summary>
/// <param name="Path">The picture's file.</param>
/// <param name="Mask">Where the classes come from.</param>
/// <param name="Group">What must stay on one side of a split; null where nothing groups.</param>
public sealed record MaskedPicture(string Path, IMaskSource Mask, string? Group = null)
{
    /// <summary>Size of the upright picture.</summary>
    public PixelSize Size { get; init; }

    /// <summary>How much of each class the mask has, and where.</summary>
    public MaskIndex Index { get; init; } = MaskIndex.Empty;
}

/// <summary>One side of a masked set.</summary>
/// <param name="Source">Where it came from, for messages: the folder or manifest.</param>
/// <param name="Classes">Names of the classes, as the recipe's <c>data.classes</c>.</param>
/// <param name="Pictures">The pictures, in a fixed order.</param>
public sealed record MaskedSet(string Source, IReadOnlyList<string> Classes, IReadOnlyList<MaskedPicture> Pictures);
