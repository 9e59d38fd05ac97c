using Altar.Datasets.Boxes;
using static Altar.Datasets.Generated.Aerial.AerialStyle;

namespace Altar.Datasets.Generated.Aerial;

/// <summary>A building: rectangles in one frame, or a round one, with a height that casts a shadow.</summary>
internal sealed record AerialBuilding(Lot Lot, IReadOnlyList<AerialBuilding.Wing> Wings, double Height, Tint Roof, bool IsFlat)
{
    /// <summary>A rectangle in the lot's own coordinates; a round one is the ellipse inside it.</summary>
    internal readonly record struct Wing(double Left, double Top, double Right, double Bottom, bool IsRound = false);

    private const int RoundCorners = 28;

    public static AerialBuilding Draw((double X, double Y) place, AerialStyle style, Random random)
    {
        var isLarge = random.NextDouble() < style.Large;
        var (u, v) = isLarge ? (Between(random, 40, 95), Between(random, 24, 50)) : (Between(random, 16, 30), Between(random, 12, 20));
        var angle = style.Angle + (random.Next(2) * Math.PI / 2) + (random.Next(6) == 0 ? Between(random, -0.5, 0.5) : Between(random, -0.04, 0.04));
        var roof = style.Roofs[random.Next(style.Roofs.Count)].Mix(Tint.Draw(random), 0.08);
        return new AerialBuilding(new Lot(place.X, place.Y, angle, u, v), Shape(u, v, isLarge, random), isLarge ? Between(random, 14, 34) : Between(random, 8, 16), roof, isLarge ? random.Next(4) > 0 : random.Next(4) == 0);
    }

    /// <summary>The outlines of all wings; the building is their union.</summary>
    public MarkedPolygon Outline => new("1", [.. Wings.Select(RingOf)]);

    public void PaintShadow(AerialCanvas canvas, AerialStyle style)
    {
        var (sine, cosine) = Math.SinCos(style.Light);
        foreach (var ring in Wings.Select(RingOf))
        {
            for (var step = 0.0; step <= Height * style.ShadowLength; step += 2)
                canvas.Shade([.. ring.Select(point => (point.X + (cosine * step), point.Y + (sine * step)))]);
        }
    }

    public void PaintRoof(AerialCanvas canvas, AerialStyle style, Random random)
    {
        foreach (var wing in Wings)
        {
            if (wing.IsRound || IsFlat) PaintFlat(canvas, wing, random);
            else PaintGable(canvas, wing, style, random);
        }

        if (random.Next(3) > 0) PaintChimneys(canvas, random);
    }

    private static IReadOnlyList<Wing> Shape(double u, double v, bool isLarge, Random random)
    {
        var (du, dv) = (u * Between(random, 0.35, 0.55), v * Between(random, 0.4, 0.6));
        return random.Next(isLarge ? 6 : 5) switch
        {
            0 or 1 => [new(-u, -v, u, v)],
            2 => [new(-u, -v, u, -v + (2 * dv)), new(-u, -v, -u + (2 * du), v)],                                              // L
            3 => [new(-u, -v, u, -v + (2 * dv)), new(-du, -v, du, v)],                                                        // T
            4 when isLarge => [new(-u, -v, u, -v + dv), new(-u, v - dv, u, v), new(-u, -v, -u + du, v), new(u - du, -v, u, v)],   // around a yard
            4 => [new(-v, -v, v, v, IsRound: true)],
            _ => [new(-u, -v, u, -v + dv), new(-u, -v, -u + du, v), new(u - du, -v, u, v)],                                   // U
        };
    }

    private IReadOnlyList<(double X, double Y)> RingOf(Wing wing)
    {
        if (!wing.IsRound) return Lot.Ring(wing.Left, wing.Top, wing.Right, wing.Bottom);
        var (u, v, radiusU, radiusV) = ((wing.Left + wing.Right) / 2, (wing.Top + wing.Bottom) / 2, (wing.Right - wing.Left) / 2, (wing.Bottom - wing.Top) / 2);
        return [.. Enumerable.Range(0, RoundCorners).Select(step => Lot.ToPicture(u + (radiusU * Math.Cos(step * Math.Tau / RoundCorners)), v + (radiusV * Math.Sin(step * Math.Tau / RoundCorners))))];
    }

    private void PaintFlat(AerialCanvas canvas, Wing wing, Random random)
    {
        canvas.Fill(RingOf(wing), Roof.Mix(new Tint(240, 240, 236), 0.25));          // the parapet
        const double Edge = 1.6;
        canvas.Fill(RingOf(wing with { Left = wing.Left + Edge, Top = wing.Top + Edge, Right = wing.Right - Edge, Bottom = wing.Bottom - Edge }), Roof);
        for (var i = random.Next(4); i > 0; i--)
        {
            var (u, v, side) = (Between(random, wing.Left + 5, wing.Right - 5), Between(random, wing.Top + 5, wing.Bottom - 5), Between(random, 1.5, 3.5));
            canvas.Fill(Lot.Ring(u, v, u + (side * 2), v + side), Roof.Mix(random.Next(2) == 0 ? new Tint(30, 30, 34) : new Tint(230, 230, 226), 0.5));
        }
    }

    // Two slopes, the one towards the light brighter; both with rows of tiles.
    private void PaintGable(AerialCanvas canvas, Wing wing, AerialStyle style, Random random)
    {
        var isLong = wing.Right - wing.Left >= wing.Bottom - wing.Top;
        var (middleU, middleV) = ((wing.Left + wing.Right) / 2, (wing.Top + wing.Bottom) / 2);
        var normal = Lot.Angle + (isLong ? -Math.PI / 2 : Math.PI);
        var slope = Between(random, 0.12, 0.28) * -Math.Cos(normal - style.Light);
        PaintSlope(canvas, isLong ? Lot.Ring(wing.Left, wing.Top, wing.Right, middleV) : Lot.Ring(wing.Left, wing.Top, middleU, wing.Bottom), slope);
        PaintSlope(canvas, isLong ? Lot.Ring(wing.Left, middleV, wing.Right, wing.Bottom) : Lot.Ring(middleU, wing.Top, wing.Right, wing.Bottom), -slope);
        for (var at = 3.0; at < (isLong ? wing.Bottom - wing.Top : wing.Right - wing.Left); at += 4)
        {
            var (from, to) = isLong ? ((wing.Left, wing.Top + at), (wing.Right, wing.Top + at)) : ((wing.Left + at, wing.Top), (wing.Left + at, wing.Bottom));
            canvas.Line(Lot.ToPicture(from.Item1, from.Item2), Lot.ToPicture(to.Item1, to.Item2), Lit(at < (isLong ? middleV - wing.Top : middleU - wing.Left) ? slope : -slope).Mix(new Tint(20, 20, 20), 0.13), 1);
        }
    }

    private void PaintSlope(AerialCanvas canvas, IReadOnlyList<(double X, double Y)> ring, double light) => canvas.Fill(ring, Lit(light));

    private Tint Lit(double light) => light > 0 ? Roof.Mix(new Tint(255, 250, 240), light) : Roof.Mix(new Tint(10, 12, 20), -light * 1.3);

    private void PaintChimneys(AerialCanvas canvas, Random random)
    {
        var wing = Wings[0];
        var (u, v) = (Between(random, wing.Left, wing.Right - 4), Between(random, wing.Top, wing.Bottom - 3));
        if (!wing.IsRound) canvas.Fill(Lot.Ring(u, v, u + 4, v + 3), new Tint(90, 70, 64));
    }
}
