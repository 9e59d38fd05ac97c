namespace Altar.Datasets.Boxes;

/// <summary>A thing that an annotation marks in a picture. Coordinates are continuous, in pixels: the first pixel's centre is (0.5, 0.5).</summary>
/// <param name="Name">What the annotation calls it.</param>
public abstract record MarkedObject(string Name)
{
    /// <summary>Whether its pixels neither teach nor count: COCO's crowds.</summary>
    public bool IsIgnored { get; init; }
}

/// <summary>A rectangle.</summary>
/// <param name="Name">What the annotation calls it.</param>
/// <param name="Left">Its left edge.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Right">Its right edge.</param>
/// <param name="Bottom">Its lower edge.</param>
public sealed record MarkedBox(string Name, double Left, double Top, double Right, double Bottom) : MarkedObject(Name);

/// <summary>The area inside closed lines; where several overlap, inside any of them.</summary>
/// <param name="Name">What the annotation calls it.</param>
/// <param name="Rings">The corners of each line.</param>
public sealed record MarkedPolygon(string Name, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings) : MarkedObject(Name);

/// <summary>COCO's run lengths: down the columns from the left, in turn pixels outside and inside.</summary>
/// <param name="Name">What the annotation calls it.</param>
/// <param name="Height">Rows of the picture.</param>
/// <param name="Counts">Lengths, the first of them outside.</param>
public sealed record MarkedRuns(string Name, int Height, IReadOnlyList<long> Counts) : MarkedObject(Name);

/// <summary>A point.</summary>
/// <param name="Name">What the annotation calls it.</param>
/// <param name="X">Its column.</param>
/// <param name="Y">Its row.</param>
public sealed record MarkedPoint(string Name, double X, double Y) : MarkedObject(Name);

/// <summary>What is marked in one picture, in the order of the file.</summary>
/// <param name="Size">Size of the picture as the annotation tells it; null where it does not.</param>
/// <param name="Objects">The things.</param>
public sealed record MarkedPicture(Images.PixelSize? Size, IReadOnlyList<MarkedObject> Objects);
