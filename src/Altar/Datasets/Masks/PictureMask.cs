using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>A mask that is a picture of its own. Of a TIFF only the part that is wanted is decoded.</summary>
internal sealed class PictureMask(string path, string picturePath, MaskCode code) : IMaskSource
{
    public string Path => path;

    public bool MakesParts { get; } = System.IO.Path.GetExtension(path).ToLowerInvariant() is ".tif" or ".tiff";

    public Mask Read(PixelSize picture, PixelBox part)
    {
        using var windows = MakesParts ? TiffWindows.TryOpen(path) : null;
        if (windows is not null)
        {
            RequireSameSize(path, windows.Size, picturePath, picture);
            return code.Read(windows, part);
        }

        RequireSameSize(path, MaskReader.ReadSize(path), picturePath, picture);
        var mask = code.Read(path);
        return part == PixelBox.Whole(mask.Size) ? mask : mask.Part(part);
    }

    public static void RequireSameSize(string path, PixelSize size, string picturePath, PixelSize picture)
    {
        if (size == picture) return;
        throw new BadInputException($"{path}: the mask is {size.Width}x{size.Height} pixels and its picture {picturePath} is {picture.Width}x{picture.Height}. Save one of them anew at the size of the other, or remove both.");
    }
}
