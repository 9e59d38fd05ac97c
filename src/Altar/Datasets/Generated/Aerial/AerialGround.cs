using OpenCvSharp;
using static Altar.Datasets.Generated.Aerial.AerialStyle;

namespace Altar.Datasets.Generated.Aerial;

/// <summary>Everything that is not built on: grass and bare soil, fields, courts, roads, water.</summary>
internal static class AerialGround
{
    private static readonly Tint Grass = new(98, 112, 70), Dark = new(62, 82, 52), Soil = new(156, 118, 92), Gravel = new(168, 160, 146);
    private static readonly Tint White = new(226, 224, 218);

    public static void Paint(AerialCanvas canvas, AerialStyle style, Random random)
    {
        PaintSoil(canvas, style, random);
        foreach (var _ in Enumerable.Range(0, 1 + (int)(canvas.Size.Area / 60_000))) PaintField(canvas, style, random);
        PaintRoads(canvas, style, random);
        foreach (var _ in Enumerable.Range(0, 1 + (int)(canvas.Size.Area / 90_000))) PaintLot(canvas, style, random);
    }

    /// <summary>Smooth noise of 0 to 1: random numbers on a grid, interpolated.</summary>
    public static Mat Noise(AerialCanvas canvas, double cell, Random random)
    {
        var (width, height) = ((int)(canvas.Size.Width / cell) + 3, (int)(canvas.Size.Height / cell) + 3);
        var grid = new float[width * height];
        for (var i = 0; i < grid.Length; i++) grid[i] = random.NextSingle();
        using var small = Mat.FromPixelData(height, width, MatType.CV_32FC1, grid);
        var smooth = new Mat();
        Cv2.Resize(small, smooth, new Size(canvas.Size.Width, canvas.Size.Height), 0, 0, InterpolationFlags.Cubic);
        return smooth;
    }

    private static void PaintSoil(AerialCanvas canvas, AerialStyle style, Random random)
    {
        using var large = Noise(canvas, 120, random);
        using var middle = Noise(canvas, 28, random);
        using var fine = Noise(canvas, 5, random);
        var gravel = Gravel.Mix(Soil, random.NextDouble());
        for (var y = 0; y < canvas.Size.Height; y++)
        {
            var row = canvas.Raster.Row(y);
            var wide = large.AsSpan<float>()[(y * canvas.Size.Width)..];
            var spots = middle.AsSpan<float>()[(y * canvas.Size.Width)..];
            var grain = fine.AsSpan<float>()[(y * canvas.Size.Width)..];
            for (var x = 0; x < canvas.Size.Width; x++)
            {
                var bare = Math.Clamp((((0.65 * wide[x]) + (0.35 * spots[x])) - 1 + style.Bare) * 5, 0, 1);
                var tint = Grass.Mix(Dark, Math.Clamp(spots[x], 0, 1)).Mix(Soil.Mix(gravel, Math.Clamp(wide[x], 0, 1)), bare);
                tint.Mix(new Tint(0, 0, 0), 0.25 * Math.Clamp(grain[x], 0, 1)).Write(row[(x * 3)..]);
            }
        }
    }

    private static void PaintField(AerialCanvas canvas, AerialStyle style, Random random)
    {
        var lot = new Lot(random.Next(canvas.Size.Width), random.Next(canvas.Size.Height), style.Angle + (random.Next(4) == 0 ? random.NextDouble() : 0), Between(random, 30, 110), Between(random, 25, 80));
        var tint = (random.Next(4) switch { 0 => Soil, 1 => Gravel, 2 => Dark, _ => Grass }).Mix(style.Roofs[random.Next(style.Roofs.Count)], 0.35);
        canvas.Fill(lot.Ring(), tint);
        if (random.Next(2) == 0) return;
        for (var v = -lot.HalfHeight; v < lot.HalfHeight; v += 5) canvas.Line(lot.ToPicture(-lot.HalfWidth, v), lot.ToPicture(lot.HalfWidth, v), tint.Mix(new Tint(40, 40, 30), 0.2), 1);
    }

    private static void PaintRoads(AerialCanvas canvas, AerialStyle style, Random random)
    {
        var reach = canvas.Size.Width + canvas.Size.Height;
        foreach (var turn in (double[])[0, Math.PI / 2])
        {
            for (var offset = -reach + Between(random, 0, style.Block); offset < reach; offset += style.Block * Between(random, 0.75, 1.25))
            {
                var half = Between(random, 7, 13);
                var road = new Lot(canvas.Size.Width / 2.0, canvas.Size.Height / 2.0, style.Angle + turn + Between(random, -0.03, 0.03), reach, half);
                var (x, y) = road.ToPicture(0, offset);
                PaintRoad(canvas, road with { X = x, Y = y }, random);
            }
        }
    }

    private static void PaintRoad(AerialCanvas canvas, Lot road, Random random)
    {
        var asphalt = new Tint(110, 110, 112).Mix(random.Next(3) == 0 ? White : new Tint(70, 70, 74), Between(random, 0, 0.5));
        canvas.Fill(road.Grown(3).Ring(), asphalt.Mix(White, 0.45));
        canvas.Fill(road.Ring(), asphalt);
        canvas.Take(road.Grown(6));
        if (random.Next(3) > 0)
            for (var u = -road.HalfWidth; u < road.HalfWidth; u += 16) canvas.Line(road.ToPicture(u, 0), road.ToPicture(u + 7, 0), White, 1);
        for (var u = -road.HalfWidth; u < road.HalfWidth; u += Between(random, 25, 160))
            PaintCar(canvas, road.ToPicture(u, (random.Next(2) == 0 ? 1 : -1) * road.HalfHeight * 0.55), road.Angle, random);
    }

    // Courts, parking places and pools: flat, sharp, and in the colours of roofs.
    private static void PaintLot(AerialCanvas canvas, AerialStyle style, Random random)
    {
        var kind = random.Next(4);
        var (width, height) = kind switch { 3 => (Between(random, 6, 14), Between(random, 4, 8)), _ => (Between(random, 24, 75), Between(random, 18, 45)) };
        var lot = new Lot(random.Next(canvas.Size.Width), random.Next(canvas.Size.Height), style.Angle + (random.Next(2) * Math.PI / 2), width, height);
        if (!canvas.IsFree(lot.Grown(4))) return;
        canvas.Take(lot.Grown(4));
        var tint = kind == 3 ? new Tint(96, 170, 186) : style.Roofs[random.Next(style.Roofs.Count)];
        canvas.Fill(lot.Ring(), tint);
        if (kind == 0) PaintCourtLines(canvas, lot);
        if (kind == 1) PaintParking(canvas, lot, random);
    }

    private static void PaintCourtLines(AerialCanvas canvas, Lot lot)
    {
        var (u, v) = (lot.HalfWidth * 0.85, lot.HalfHeight * 0.8);
        (double, double)[] corners = [(-u, -v), (u, -v), (u, v), (-u, v), (-u, -v)];
        for (var i = 0; i < 4; i++) canvas.Line(lot.ToPicture(corners[i].Item1, corners[i].Item2), lot.ToPicture(corners[i + 1].Item1, corners[i + 1].Item2), White, 1);
        canvas.Line(lot.ToPicture(0, -v), lot.ToPicture(0, v), White, 1);
    }

    private static void PaintParking(AerialCanvas canvas, Lot lot, Random random)
    {
        for (var v = -lot.HalfHeight + 8; v < lot.HalfHeight - 4; v += 20)
        {
            for (var u = -lot.HalfWidth + 5; u < lot.HalfWidth - 4; u += 8)
                if (random.Next(3) > 0) PaintCar(canvas, lot.ToPicture(u, v), lot.Angle + (Math.PI / 2), random);
        }
    }

    private static void PaintCar(AerialCanvas canvas, (double X, double Y) place, double angle, Random random)
    {
        var car = new Lot(place.X, place.Y, angle, Between(random, 6, 8), Between(random, 2.6, 3.4));
        var tint = random.Next(3) == 0 ? Tint.Draw(random) : new Tint(1, 1, 1).Mix(White, random.NextDouble());
        canvas.Fill((car with { X = car.X + 1.5, Y = car.Y + 1.5 }).Ring(), new Tint(50, 50, 52));
        canvas.Fill(car.Ring(), tint);
        canvas.Fill(car.Ring(-2, -car.HalfHeight * 0.8, 3, car.HalfHeight * 0.8), tint.Mix(new Tint(30, 34, 40), 0.6));
    }
}
