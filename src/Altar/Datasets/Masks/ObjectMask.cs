using Altar.Datasets.Boxes;
using Altar.Images;

namespace Altar.Datasets.Masks;

/// <summary>A mask that is painted from boxes, polygons or points, part by part.</summary>
internal sealed class ObjectMask(string path, string picturePath, Func<PixelSize, MarkedPicture> read, ObjectPainter painter) : IMaskSource
{
    private MarkedPicture? _marked;

    public string Path => path;

    public bool MakesParts => true;

    public Mask Read(PixelSize picture, PixelBox part)
    {
        var marked = _marked ??= read(picture);
        if (marked.Size is { } size) PictureMask.RequireSameSize(path, size, picturePath, picture);
        return painter.Paint(marked.Objects, part);
    }
}
