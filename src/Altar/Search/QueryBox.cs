using System.Globalization;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Search;

/// <summary>A part of a photo, in pixels of the upright picture.</summary>
/// <param name="X">Pixels left of it.</param>
/// <param name="Y">Pixels above it.</param>
/// <param name="Width">Its width, at least 1.</param>
/// <param name="Height">Its height, at least 1.</param>
public readonly record struct QueryBox(int X, int Y, int Width, int Height)
{
    /// <summary>Reads <c>x,y,w,h</c>.</summary>
    /// <param name="text">Four whole numbers.</param>
    /// <exception cref="BadInputException">It is none.</exception>
    public static QueryBox Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(',');
        var numbers = parts.Select(part => int.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return numbers is [>= 0, >= 0, >= 1, >= 1]
            ? new QueryBox(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new BadInputException($"--box: '{text}' is no box; write x,y,w,h in pixels, e.g. 40,10,200,300.");
    }

    /// <summary>Cuts the part out.</summary>
    /// <param name="picture">The whole photo.</param>
    /// <param name="name">What to call it in the message.</param>
    /// <exception cref="BadInputException">The box leaves the photo.</exception>
    public Raster Cut(Raster picture, string name)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var (width, height) = (picture.Size.Width, picture.Size.Height);
        if ((long)X + Width > width || (long)Y + Height > height) throw new BadInputException($"--box: {X},{Y},{Width},{Height} leaves {name}, which is {width} pixels wide and {height} high.");
        var part = new Raster(new PixelSize(Width, Height));
        for (var y = 0; y < Height; y++) picture.Row(Y + y).Slice(X * 3, Width * 3).CopyTo(part.Row(y));
        return part;
    }
}
