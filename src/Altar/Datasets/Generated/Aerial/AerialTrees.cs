using static Altar.Datasets.Generated.Aerial.AerialStyle;

namespace Altar.Datasets.Generated.Aerial;

/// <summary>Trees: crowns of many leaves, single and in groups, which hide a little of what they stand beside.</summary>
internal static class AerialTrees
{
    internal readonly record struct Tree((double X, double Y) Place, double Radius, Tint Tint);

    public static IReadOnlyList<Tree> Draw(AerialCanvas canvas, AerialStyle style, Random random)
    {
        var trees = new List<Tree>();
        var wanted = (int)(style.Trees * canvas.Size.Area / 10_000);
        for (var tries = 0; trees.Count < wanted && tries < wanted * 4; tries++)
        {
            var middle = (X: random.NextDouble() * canvas.Size.Width, Y: random.NextDouble() * canvas.Size.Height);
            var tint = new Tint(58, 84, 48).Mix(new Tint(96, 112, 54), random.NextDouble());
            for (var i = random.Next(3) == 0 ? random.Next(3, 9) : 1; i > 0; i--)
            {
                var place = (middle.X + Between(random, -18, 18), middle.Y + Between(random, -18, 18));
                if (canvas.IsFree(place)) trees.Add(new Tree(place, Between(random, 5, 13), tint));
            }
        }

        return trees;
    }

    public static void PaintShadow(AerialCanvas canvas, Tree tree, AerialStyle style)
    {
        var (sine, cosine) = Math.SinCos(style.Light);
        for (var step = 0.0; step <= tree.Radius * 1.3 * style.ShadowLength; step += 2)
            canvas.ShadeDisc((tree.Place.X + (cosine * step), tree.Place.Y + (sine * step)), tree.Radius * 0.9);
    }

    public static void PaintCrown(AerialCanvas canvas, Tree tree, AerialStyle style, Random random)
    {
        var (sine, cosine) = Math.SinCos(style.Light);
        canvas.Disc(tree.Place, tree.Radius, tree.Tint.Mix(new Tint(20, 30, 20), 0.35));
        for (var leaf = 0; leaf < tree.Radius * 2.2; leaf++)
        {
            var (angle, distance) = (random.NextDouble() * Math.Tau, tree.Radius * Math.Sqrt(random.NextDouble()));
            var (dx, dy) = (Math.Cos(angle) * distance, Math.Sin(angle) * distance);
            var light = Math.Clamp(0.5 - (((dx * cosine) + (dy * sine)) / tree.Radius * 0.5) + Between(random, -0.2, 0.2), 0, 1);   // away from where the shadow falls
            canvas.Disc((tree.Place.X + dx, tree.Place.Y + dy), Between(random, 1.2, 2.8), tree.Tint.Mix(new Tint(24, 36, 22), 0.5 * (1 - light)).Mix(new Tint(170, 178, 110), 0.3 * light));
        }
    }
}
