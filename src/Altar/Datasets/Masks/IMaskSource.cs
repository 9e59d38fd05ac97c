using Altar.Images;

namespace Altar.Datasets.Masks;

/// <summary>The classes of one picture's pixels, wherever they come from. Safe to use from many threads.</summary>
public interface IMaskSource
{
    /// <summary>The file, for messages and as a name in caches.</summary>
    string Path { get; }

    /// <summary>Whether <see cref="Read"/> makes only the part it is asked for; else it makes the whole mask, which is worth keeping.</summary>
    bool MakesParts { get; }

    /// <summary>The mask of a part of the picture.</summary>
    /// <param name="picture">Size of the picture.</param>
    /// <param name="part">Which part, within the picture.</param>
    /// <exception cref="DamagedPictureException">The mask's file cannot be read.</exception>
    /// <exception cref="Tensors.BadInputException">Its size is not the picture's, or a pixel is of no class.</exception>
    Mask Read(PixelSize picture, PixelBox part);
}
