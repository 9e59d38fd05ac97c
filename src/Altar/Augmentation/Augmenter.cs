using System.Collections.Concurrent;
using Altar.Augmentation.Kernels;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Augmentation;

/// <summary>Turns pictures into the network's input: draws what happens, then carries it out. Threads may share one.</summary>
/// <remarks>
/// All geometry is one inverse warp, all colour one pass over the rows, with the widest vectors that the processor has.
/// The widths agree within one grey level. Measured in docs/augmentation.md by bench/Altar.Benchmarks, AugmentationBenchmark.
/// </remarks>
public sealed class Augmenter
{
    private readonly ConcurrentBag<Scratch> _scratches = [];
    private readonly AugmentationOptions _options;
    private readonly VectorWidth _width;

    static Augmenter() => OpenCv.Prepare();

    /// <summary>An augmenter for inputs of one size.</summary>
    /// <param name="options">What may happen.</param>
    /// <param name="target">Size of the network's input.</param>
    /// <exception cref="BadInputException">An option is outside of its range.</exception>
    public Augmenter(AugmentationOptions options, PixelSize target) : this(options, target, Widest())
    {
    }

    internal Augmenter(AugmentationOptions options, PixelSize target, VectorWidth width)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Shorter, 1);
        (_options, Target, _width) = (options.Validated(), target, width);
    }

    /// <summary>Size of the network's input.</summary>
    public PixelSize Target { get; }

    /// <summary>The widest vectors of this processor.</summary>
    internal static VectorWidth Widest() =>
        Lanes16.IsSupported ? VectorWidth.Bits512 : Lanes8.IsSupported ? VectorWidth.Bits256 :
        Lanes4.IsSupported ? VectorWidth.Bits128 : VectorWidth.Plain;

    /// <summary>Decides what happens to one sample; nothing but the generator's state and the sizes enters.</summary>
    /// <param name="random">The sample's own generator, from a <see cref="Seed"/>.</param>
    /// <param name="source">Size of the upright picture, as its header tells it.</param>
    public AugmentationDraw Draw(Random random, PixelSize source)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(source.Shorter, 1);
        var geometry = GeometryDrawing.Draw(_options, random, source, Target);
        var (blurs, noise) = PixelDrawing.DrawDegrade(_options.Degrade, random);
        return new AugmentationDraw
        {
            Source = source,
            Target = Target,
            Geometry = geometry,
            Blurs = blurs,
            Tones = PixelDrawing.DrawTones(_options.Tone, random),
            Color = PixelDrawing.DrawColor(_options.Color, random),
            Noise = noise,
            Holes = PixelDrawing.DrawHoles(_options.Dropout, random, Target),
        };
    }

    /// <summary>Carries out a draw.</summary>
    /// <param name="source">The picture, whole or decoded at a reduced scale.</param>
    /// <param name="draw">What was drawn for it.</param>
    /// <param name="normalization">How bytes become the network's input.</param>
    /// <param name="destination">Height * width * 3 floats, channels last: [H, W, C].</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void Apply(Raster source, AugmentationDraw draw, Normalization normalization, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(draw);
        Apply(source, PixelBox.Whole(draw.Source), draw, normalization, destination);
    }

    /// <summary>Carries out a draw on a part of its picture, or on one that is larger on some sides: a crop with its surroundings.</summary>
    /// <param name="source">The pixels at hand; beyond them is their reflection, so they must reach as far as the draw does, or to the end of the picture.</param>
    /// <param name="covers">Where they lie, in pixels of <see cref="AugmentationDraw.Source"/>; the part may begin before 0 and end behind its sides.</param>
    /// <param name="draw">What was drawn.</param>
    /// <param name="normalization">How bytes become the network's input.</param>
    /// <param name="destination">Height * width * 3 floats, channels last: [H, W, C].</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void Apply(Raster source, PixelBox covers, AugmentationDraw draw, Normalization normalization, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        Paint(source, covers, draw, new ChannelScale(normalization), destination);
    }

    /// <summary>The same pixels before normalisation, for a preview.</summary>
    /// <param name="source">The picture, whole or decoded at a reduced scale.</param>
    /// <param name="draw">What was drawn for it.</param>
    public Raster Render(Raster source, AugmentationDraw draw)
    {
        ArgumentNullException.ThrowIfNull(draw);
        return Render(source, PixelBox.Whole(draw.Source), draw);
    }

    /// <summary>The same of a part, see <see cref="Apply(Raster, PixelBox, AugmentationDraw, Normalization, Span{float})"/>.</summary>
    /// <param name="source">The pixels at hand.</param>
    /// <param name="covers">Where they lie, in pixels of <see cref="AugmentationDraw.Source"/>.</param>
    /// <param name="draw">What was drawn.</param>
    public Raster Render(Raster source, PixelBox covers, AugmentationDraw draw)
    {
        ArgumentNullException.ThrowIfNull(draw);
        var values = new float[checked((int)draw.Target.Area * 3)];
        Paint(source, covers, draw, ChannelScale.GreyLevels, values);
        var raster = new Raster(draw.Target);
        for (var i = 0; i < values.Length; i++) raster.Pixels[i] = (byte)MathF.Round(Math.Clamp(values[i], 0, 255));
        return raster;
    }

    private void Paint(Raster source, PixelBox covers, AugmentationDraw draw, in ChannelScale scale, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(draw);
        if (destination.Length != draw.Target.Area * 3)
        {
            throw new ArgumentException($"{draw.Target.Area * 3} floats are needed for {draw.Target.Height}x{draw.Target.Width}x3, {destination.Length} were given.", nameof(destination));
        }

        if (!_scratches.TryTake(out var scratch)) scratch = new Scratch();
        switch (_width)
        {
            case VectorWidth.Bits512: Painter<Lanes16, Bilinear512>.Paint(source, covers, draw, scale, scratch, destination); break;
            case VectorWidth.Bits256: Painter<Lanes8, Bilinear256>.Paint(source, covers, draw, scale, scratch, destination); break;
            case VectorWidth.Bits128: Painter<Lanes4, Bilinear128>.Paint(source, covers, draw, scale, scratch, destination); break;
            default: Painter<Lanes1, BilinearPlain>.Paint(source, covers, draw, scale, scratch, destination); break;
        }

        _scratches.Add(scratch);
    }
}
