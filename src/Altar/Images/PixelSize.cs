namespace Altar.Images;

/// <summary>Width and height in pixels.</summary>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
public readonly record struct PixelSize(int Width, int Height) : IParsable<PixelSize>
{
    /// <summary>The shorter side.</summary>
    public int Shorter => Math.Min(Width, Height);

    /// <summary>The longer side.</summary>
    public int Longer => Math.Max(Width, Height);

    /// <summary>Number of pixels.</summary>
    public long Area => (long)Width * Height;

    /// <summary>A square.</summary>
    /// <param name="side">Its side in pixels.</param>
    public static PixelSize Square(int side) => new(side, side);

    /// <summary>Reads "224" (a square) or "224x320" (height x width, the field's order).</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: the format is invariant.</param>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static PixelSize Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var size) ? size : throw new FormatException($"'{s}' is no size; write 224, or 224x320 for height x width.");

    /// <summary>Reads "224" (a square) or "224x320" (height x width).</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: the format is invariant.</param>
    /// <param name="result">The size.</param>
    /// <returns>False if the text is neither.</returns>
    public static bool TryParse(string? s, IFormatProvider? provider, out PixelSize result)
    {
        result = default;
        var parts = (s ?? "").Split('x');
        if (parts.Length is not (1 or 2)) return false;
        if (!int.TryParse(parts[0], out var height) || !int.TryParse(parts[^1], out var width) || height < 1 || width < 1) return false;
        result = new PixelSize(width, height);
        return true;
    }

    /// <summary>"224" for a square, else "height x width" as in "224x320".</summary>
    public override string ToString() => Width == Height ? $"{Width}" : $"{Height}x{Width}";
}
