using Altar.Datasets.Masks;
using Altar.Images;

namespace Altar.Datasets.Boxes;

/// <summary>Fills the pixels of marked things whose centres lie inside them. Later things paint over earlier ones.</summary>
/// <param name="Labels">A thing to the value of its pixels: a class, or <see cref="Mask.Ignored"/>.</param>
/// <param name="Boxes">What a box becomes.</param>
/// <param name="Point">Half the side of the square that a point becomes.</param>
public sealed record ObjectPainter(Func<MarkedObject, byte> Labels, BoxShape Boxes = BoxShape.Box, int Point = 8)
{
    /// <summary>The mask of a part of a picture; 0 where nothing is marked.</summary>
    /// <param name="objects">The things, in pixels of the picture.</param>
    /// <param name="part">Which part.</param>
    public Mask Paint(IEnumerable<MarkedObject> objects, PixelBox part)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var canvas = new Canvas(new Mask(part.Size), part);
        foreach (var item in objects) Paint(canvas, item, Labels(item));
        return canvas.Mask;
    }

    private void Paint(Canvas canvas, MarkedObject item, byte label)
    {
        switch (item)
        {
            case MarkedBox box when Boxes == BoxShape.Ellipse: Ellipse(canvas, box, label); break;
            case MarkedBox box: Box(canvas, box.Left, box.Top, box.Right, box.Bottom, label); break;
            case MarkedPoint point: Box(canvas, Math.Floor(point.X) - Point, Math.Floor(point.Y) - Point, Math.Floor(point.X) + Point, Math.Floor(point.Y) + Point, label); break;
            case MarkedPolygon polygon: foreach (var ring in polygon.Rings) Ring(canvas, ring, label); break;
            case MarkedRuns runs: Runs(canvas, runs, label); break;
        }
    }

    private static void Box(Canvas canvas, double left, double top, double right, double bottom, byte label)
    {
        foreach (var y in canvas.Rows(top, bottom)) canvas.Fill(y, left, right, label);
    }

    private static void Ellipse(Canvas canvas, MarkedBox box, byte label)
    {
        var (x, y) = ((box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2);
        var (radiusX, radiusY) = ((box.Right - box.Left) / 2, (box.Bottom - box.Top) / 2);
        foreach (var row in canvas.Rows(box.Top, box.Bottom))
        {
            var height = (row + 0.5 - y) / radiusY;
            var half = radiusX * Math.Sqrt(Math.Max(0, 1 - (height * height)));
            canvas.Fill(row, x - half, x + half, label);
        }
    }

    private static void Ring(Canvas canvas, IReadOnlyList<(double X, double Y)> ring, byte label)
    {
        var crossings = new List<double>();
        foreach (var row in canvas.Rows(ring.Min(point => point.Y), ring.Max(point => point.Y)))
        {
            crossings.Clear();
            var y = row + 0.5;
            for (var i = 0; i < ring.Count; i++)
            {
                var (from, to) = (ring[i], ring[(i + 1) % ring.Count]);
                if (from.Y <= y != to.Y <= y) crossings.Add(from.X + ((y - from.Y) / (to.Y - from.Y) * (to.X - from.X)));
            }

            crossings.Sort();
            for (var i = 0; i + 1 < crossings.Count; i += 2) canvas.Fill(row, crossings[i], crossings[i + 1], label);
        }
    }

    private static void Runs(Canvas canvas, MarkedRuns runs, byte label)
    {
        long at = 0;
        for (var i = 0; i < runs.Counts.Count; at += runs.Counts[i++])
        {
            if (i % 2 == 0) continue;
            for (var column = at / runs.Height; column * runs.Height < at + runs.Counts[i]; column++)
            {
                var first = Math.Max(at - (column * runs.Height), 0);
                var end = Math.Min(at + runs.Counts[i] - (column * runs.Height), runs.Height);
                foreach (var row in canvas.Rows(first, end)) canvas.Fill(row, column, column + 1, label);
            }
        }
    }

    /// <summary>A part of a picture's mask, addressed in pixels of the picture.</summary>
    private readonly record struct Canvas(Mask Mask, PixelBox Part)
    {
        /// <summary>The rows whose centres lie between two heights.</summary>
        public IEnumerable<int> Rows(double top, double bottom)
        {
            var (first, end) = (First(top, Part.Y, Part.Bottom), First(bottom, Part.Y, Part.Bottom));
            for (var y = first; y < end; y++) yield return y;
        }

        public void Fill(int row, double left, double right, byte label)
        {
            var (first, end) = (First(left, Part.X, Part.Right), First(right, Part.X, Part.Right));
            if (end > first) Mask.Row(row - Part.Y)[(first - Part.X)..(end - Part.X)].Fill(label);
        }

        // The first pixel whose centre is not before the edge.
        private static int First(double edge, int start, int end) => (int)Math.Clamp(Math.Ceiling(edge - 0.5), start, end);
    }
}
