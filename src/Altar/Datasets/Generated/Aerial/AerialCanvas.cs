using System.Runtime.InteropServices;
using Altar.Images;
using OpenCvSharp;

namespace Altar.Datasets.Generated.Aerial;

/// <summary>A scene in work: its pixels, its mask, and what of its ground is taken.</summary>
internal sealed class AerialCanvas : IDisposable
{
    // Places are checked on a coarser grid: it need not be exact, and it is asked often.
    private const int TakenScale = 4;
    private const int SubpixelBits = 4;

    private readonly GCHandle _pixels;
    private readonly bool[] _taken;
    private readonly int _takenWidth, _takenHeight;

    public AerialCanvas(PixelSize size)
    {
        (Raster, Mask) = (new Raster(size), new Mask(size));
        _pixels = GCHandle.Alloc(Raster.Pixels, GCHandleType.Pinned);
        Picture = Mat.FromPixelData(size.Height, size.Width, MatType.CV_8UC3, _pixels.AddrOfPinnedObject());
        Shadow = new Mat(size.Height, size.Width, MatType.CV_8UC1, Scalar.Black);
        (_takenWidth, _takenHeight) = ((size.Width / TakenScale) + 1, (size.Height / TakenScale) + 1);
        _taken = new bool[_takenWidth * _takenHeight];
    }

    public Raster Raster { get; }

    public Mask Mask { get; }

    /// <summary>The raster as OpenCV sees it, R first.</summary>
    public Mat Picture { get; }

    /// <summary>How dark the shadow is on the ground, 0 to 255.</summary>
    public Mat Shadow { get; }

    public PixelSize Size => Raster.Size;

    public void Fill(IReadOnlyList<(double X, double Y)> ring, Tint tint) =>
        Cv2.FillPoly(Picture, [ring.Select(ToSubpixels)], tint.ToScalar(), LineTypes.AntiAlias, SubpixelBits);

    public void Line((double X, double Y) from, (double X, double Y) to, Tint tint, int width) =>
        Cv2.Line(Picture, ToSubpixels(from), ToSubpixels(to), tint.ToScalar(), width, LineTypes.AntiAlias, SubpixelBits);

    public void Disc((double X, double Y) center, double radius, Tint tint) =>
        Cv2.Circle(Picture, ToSubpixels(center), (int)(radius * (1 << SubpixelBits)), tint.ToScalar(), -1, LineTypes.AntiAlias, SubpixelBits);

    public void Shade(IReadOnlyList<(double X, double Y)> ring) =>
        Cv2.FillPoly(Shadow, [ring.Select(ToSubpixels)], Scalar.White, LineTypes.AntiAlias, SubpixelBits);

    public void ShadeDisc((double X, double Y) center, double radius) =>
        Cv2.Circle(Shadow, ToSubpixels(center), (int)(radius * (1 << SubpixelBits)), Scalar.White, -1, LineTypes.AntiAlias, SubpixelBits);

    /// <summary>Whether nothing stands in a turned rectangle.</summary>
    public bool IsFree(Lot lot) => Cells(lot).All(cell => cell < 0 || !_taken[cell]);

    public void Take(Lot lot)
    {
        foreach (var cell in Cells(lot).Where(cell => cell >= 0)) _taken[cell] = true;
    }

    public bool IsFree((double X, double Y) place) => Cell(place) is var cell && (cell < 0 || !_taken[cell]);

    public void Dispose()
    {
        Picture.Dispose();
        Shadow.Dispose();
        _pixels.Free();
    }

    private IEnumerable<int> Cells(Lot lot)
    {
        for (var v = -lot.HalfHeight; v <= lot.HalfHeight; v += TakenScale)
            for (var u = -lot.HalfWidth; u <= lot.HalfWidth; u += TakenScale) yield return Cell(lot.ToPicture(u, v));
    }

    private int Cell((double X, double Y) place)
    {
        var (x, y) = ((int)Math.Floor(place.X / TakenScale), (int)Math.Floor(place.Y / TakenScale));
        return x >= 0 && y >= 0 && x < _takenWidth && y < _takenHeight ? (y * _takenWidth) + x : -1;
    }

    private static Point ToSubpixels((double X, double Y) point) =>
        new((int)Math.Round(point.X * (1 << SubpixelBits)), (int)Math.Round(point.Y * (1 << SubpixelBits)));
}

/// <summary>A turned rectangle in the picture, with its own coordinates u and v from its middle.</summary>
internal readonly record struct Lot(double X, double Y, double Angle, double HalfWidth, double HalfHeight)
{
    public (double X, double Y) ToPicture(double u, double v)
    {
        var (sine, cosine) = Math.SinCos(Angle);
        return (X + (cosine * u) - (sine * v), Y + (sine * u) + (cosine * v));
    }

    /// <summary>The corners of a rectangle in u and v.</summary>
    public IReadOnlyList<(double X, double Y)> Ring(double left, double top, double right, double bottom) =>
        [ToPicture(left, top), ToPicture(right, top), ToPicture(right, bottom), ToPicture(left, bottom)];

    public IReadOnlyList<(double X, double Y)> Ring() => Ring(-HalfWidth, -HalfHeight, HalfWidth, HalfHeight);

    public Lot Grown(double margin) => this with { HalfWidth = HalfWidth + margin, HalfHeight = HalfHeight + margin };
}
