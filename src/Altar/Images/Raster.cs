namespace Altar.Images;

/// <summary>A picture in memory: 8 bits, RGB, rows without gaps.</summary>
public sealed class Raster
{
    /// <summary>Bytes behind the last pixel that may be read, so that vector code need not treat the last row apart.</summary>
    public const int Padding = 64;

    /// <summary>An all-black picture.</summary>
    /// <param name="size">Its size.</param>
    public Raster(PixelSize size) : this(size, new byte[Bytes(size)])
    {
    }

    private Raster(PixelSize size, byte[] pixels) => (Size, Pixels) = (size, pixels);

    /// <summary>Its size.</summary>
    public PixelSize Size { get; }

    /// <summary>R, G, B of the first row from the left, then the next row; <see cref="Padding"/> bytes more at the end.</summary>
    public byte[] Pixels { get; }

    /// <summary>A picture whose pixels the caller is about to overwrite, all of them.</summary>
    internal static Raster Uninitialized(PixelSize size) => new(size, GC.AllocateUninitializedArray<byte>(Bytes(size)));

    /// <summary>The bytes of row <paramref name="y"/>.</summary>
    /// <param name="y">The row, 0 at the top.</param>
    public Span<byte> Row(int y) => Pixels.AsSpan(y * Size.Width * 3, Size.Width * 3);

    /// <summary>A copy of a part.</summary>
    /// <param name="box">Which; it must lie within the picture.</param>
    public Raster Part(PixelBox box)
    {
        var part = Uninitialized(box.Size);
        for (var y = 0; y < box.Height; y++) Row(box.Y + y).Slice(box.X * 3, box.Width * 3).CopyTo(part.Row(y));
        return part;
    }

    private static int Bytes(PixelSize size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Height, 1);
        return checked((size.Width * size.Height * 3) + Padding);
    }
}
