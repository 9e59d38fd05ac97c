namespace Altar.Images;

/// <summary>One byte a pixel, rows without gaps: a class, or the number that a file stores.</summary>
public sealed class Mask
{
    /// <summary>The value of pixels that neither teach nor count, as in Pascal VOC.</summary>
    public const byte Ignored = 255;

    /// <summary>A mask of zeros.</summary>
    /// <param name="size">Its size.</param>
    public Mask(PixelSize size) : this(size, new byte[checked(size.Width * size.Height)])
    {
    }

    internal Mask(PixelSize size, byte[] values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Shorter, 1);
        (Size, Values) = (size, values);
    }

    /// <summary>Its size.</summary>
    public PixelSize Size { get; }

    /// <summary>The first row from the left, then the next row.</summary>
    public byte[] Values { get; }

    /// <summary>The bytes of row <paramref name="y"/>.</summary>
    /// <param name="y">The row, 0 at the top.</param>
    public Span<byte> Row(int y) => Values.AsSpan(y * Size.Width, Size.Width);

    /// <summary>A copy of a part.</summary>
    /// <param name="box">Which; it must lie within the mask.</param>
    public Mask Part(PixelBox box)
    {
        var part = new Mask(box.Size);
        for (var y = 0; y < box.Height; y++) Row(box.Y + y).Slice(box.X, box.Width).CopyTo(part.Row(y));
        return part;
    }
}
