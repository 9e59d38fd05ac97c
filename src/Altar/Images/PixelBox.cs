namespace Altar.Images;

/// <summary>A rectangle of whole pixels; it may reach beyond the picture that it speaks of.</summary>
/// <param name="X">Its first column, 0 at the left.</param>
/// <param name="Y">Its first row, 0 at the top.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct PixelBox(int X, int Y, int Width, int Height)
{
    /// <summary>The column behind its last.</summary>
    public int Right => X + Width;

    /// <summary>The row below its last.</summary>
    public int Bottom => Y + Height;

    /// <summary>Its width and height.</summary>
    public PixelSize Size => new(Width, Height);

    /// <summary>All of a picture.</summary>
    /// <param name="size">The picture's size.</param>
    public static PixelBox Whole(PixelSize size) => new(0, 0, size.Width, size.Height);

    /// <summary>Whether it has pixels and all of them lie in a picture.</summary>
    /// <param name="size">The picture's size.</param>
    public bool LiesIn(PixelSize size) => Width >= 1 && Height >= 1 && X >= 0 && Y >= 0 && X <= size.Width - Width && Y <= size.Height - Height;

    /// <summary>What it shares with another: empty (a side of 0 or less) where they do not meet.</summary>
    /// <param name="other">The other.</param>
    public PixelBox Intersect(PixelBox other)
    {
        var (x, y) = (Math.Max(X, other.X), Math.Max(Y, other.Y));
        return new PixelBox(x, y, Math.Min(Right, other.Right) - x, Math.Min(Bottom, other.Bottom) - y);
    }

    /// <summary>The box between two corners.</summary>
    /// <param name="left">First column.</param>
    /// <param name="top">First row.</param>
    /// <param name="right">The column behind the last.</param>
    /// <param name="bottom">The row below the last.</param>
    public static PixelBox Between(int left, int top, int right, int bottom) => new(left, top, right - left, bottom - top);

    /// <summary>The same box elsewhere.</summary>
    /// <param name="columns">Columns to the right.</param>
    /// <param name="rows">Rows down.</param>
    public PixelBox Shifted(int columns, int rows) => this with { X = X + columns, Y = Y + rows };
}
