using Altar.Images;

namespace Altar.Augmentation.Kernels;

/// <summary>Carries out a draw with vectors of one width.</summary>
internal static unsafe class Painter<TLanes, TBilinear>
    where TLanes : struct, ILanes<TLanes>
    where TBilinear : struct, IBilinear
{
    public static void Paint(Raster source, PixelBox covers, AugmentationDraw draw, in ChannelScale scale, Scratch scratch, Span<float> destination)
    {
        scratch.Prepare(draw.Target);
        fixed (byte* pixels = source.Pixels)
        {
            Warp(new SourceView(pixels, source.Size.Width, source.Size.Height), covers, draw, scratch);
        }

        foreach (var blur in draw.Blurs) Filters.Blur(blur, scratch, draw.Target);
        fixed (float* to = destination)
        {
            Color(draw, scale, scratch, to);
        }

        foreach (var hole in draw.Holes) Cut(hole, draw.Target, scale, destination);
    }

    private static void Warp(SourceView source, PixelBox covers, AugmentationDraw draw, Scratch scratch)
    {
        var warp = draw.ToWarp();
        var (scaleX, scaleY) = ((double)source.Width / covers.Width, (double)source.Height / covers.Height);
        var shrink = (int)Math.Min(warp.Shrink * Math.Min(scaleX, scaleY), Math.Min(source.Width, source.Height));
        if (shrink >= 2)
        {
            source = Filters.Shrink(source, shrink, scratch);
            (scaleX, scaleY) = (scaleX / shrink, scaleY / shrink);
        }

        var place = new SourcePlace(scaleX, scaleY, covers.X, covers.Y);
        var plan = new WarpPlan(warp, source, place, scratch.GridTables);
        var prefetch = new SourcePrefetch(warp, source, place);
        for (var row = 0; row < draw.Target.Height; row++)
        {
            prefetch.Before(row);
            plan.Row<TLanes>(row, draw.Target.Width, scratch.X, scratch.Y);
            TBilinear.Sample(source, scratch.X, scratch.Y, scratch.Pixels + (row * scratch.Stride), draw.Target.Width);
        }
    }

    private static void Color(AugmentationDraw draw, in ChannelScale scale, Scratch scratch, float* to)
    {
        var (width, height) = (draw.Target.Width, draw.Target.Height);
        var clahe = draw.Tones.FirstOrDefault(tone => tone.Kind == ToneKind.Clahe);
        var (grey, equalized) = clahe is null ? default : Filters.Equalize(clahe, scratch, draw.Target);
        var target = draw.Target;
        var hasTable = ToneTable.Fill(draw.Tones, () => Filters.MeanBrightness(scratch, target), new Span<float>(scratch.ToneTable, 256));
        var table = hasTable ? scratch.ToneTable : null;
        var isDirect = width % TLanes.Count == 0;
        for (var row = 0; row < height; row++)
        {
            var at = row * scratch.Stride;
            if (clahe is null) PixelRows.Load<TLanes>(scratch.Pixels + at, table, scratch, width);
            else PixelRows.LoadEqualized<TLanes>(scratch.Pixels + at, (byte*)grey + at, (byte*)equalized + at, table, scratch, width);
            if (draw.Color is { } color) ColorRows.Change<TLanes>(color, scratch, width);
            if (draw.Noise is { } noise) PixelRows.AddNoise<TLanes>(noise, unchecked((uint)(row * width)), scratch, width);

            var line = to + (row * width * 3);
            PixelRows.Normalize<TLanes>(scale, scratch, isDirect ? line : scratch.Interleaved, width);
            if (!isDirect) new Span<float>(scratch.Interleaved, width * 3).CopyTo(new Span<float>(line, width * 3));
        }
    }

    private static void Cut(HoleDraw hole, PixelSize target, in ChannelScale scale, Span<float> destination)
    {
        var fill = (float)hole.Fill;
        var (r, g, b) = ((fill * scale.R) + scale.BiasR, (fill * scale.G) + scale.BiasG, (fill * scale.B) + scale.BiasB);
        for (var y = hole.Y; y < hole.Y + hole.Height; y++)
        {
            var row = destination.Slice(((y * target.Width) + hole.X) * 3, hole.Width * 3);
            for (var x = 0; x < row.Length; x += 3) (row[x], row[x + 1], row[x + 2]) = (r, g, b);
        }
    }
}
