using System.Collections.Concurrent;
using System.Globalization;
using Altar.Augmentation;
using Altar.Datasets;
using Altar.Datasets.Masks;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Pictures with a class a pixel: crops or whole pictures, augmented together with their masks.</summary>
/// <remarks>
/// What happens is drawn from the header alone: which part, then the geometry and the colours. Picture and mask go through the same
/// warp, the picture interpolated, the mask by nearest pixels; colour, blur and noise change the picture only. Around a crop the warp
/// shows what is really there; beyond the picture's sides its reflection, in both.
/// The part alone decides the scale: of an augmentation <c>resize</c> and a random crop are left out, <c>crop: resized</c> acts within the part.
/// </remarks>
public sealed class MaskSamples : ISampleSource
{
    private const long MaskMemory = 256L << 20;

    private readonly IReadOnlyList<MaskedPicture> _pictures;
    private readonly Func<int, Random, MaskFrame> _frame;
    private readonly Augmenter _augmenter;
    private readonly bool _stretches, _judges;
    private readonly Normalization _normalization;
    private readonly SetAside _setAside;
    private readonly PictureHeader?[] _headers;
    private readonly ConcurrentDictionary<int, bool> _damaged = new();
    private readonly MaskCache _masks = new(MaskMemory);

    private MaskSamples(IReadOnlyList<MaskedPicture> pictures, int count, Func<int, Random, MaskFrame> frame, AugmentationOptions augmentation, PixelSize size, Normalization normalization, SetAside setAside, bool judges)
    {
        (_pictures, Count, _frame, _judges) = (pictures, count, frame, judges);
        (_normalization, _setAside) = (normalization, setAside);
        _headers = new PictureHeader?[pictures.Count];
        _stretches = augmentation.Crop != CropKind.Resized;
        _augmenter = new Augmenter(augmentation with { Resize = 1, Crop = _stretches ? CropKind.Center : CropKind.Resized }, size);
    }

    /// <summary>Keeps decoded pictures for the next epochs. Default null: none is kept.</summary>
    public RasterCache? Cache { get; init; }

    /// <summary>Whether a larger share of damaged pictures than <see cref="SetAside.LargestShare"/> is an error. Default true.</summary>
    public bool LimitsDamage { get; init; } = true;

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public PixelSize Size => _augmenter.Target;

    /// <inheritdoc/>
    public int Channels => 3;

    /// <inheritdoc/>
    public IReadOnlyList<long> TargetShape => [Size.Height, Size.Width];

    /// <summary>What is learnt from: <see cref="DataOptions.Samples"/> random crops of each picture, or each picture as a whole.</summary>
    /// <param name="set">The pictures.</param>
    /// <param name="data">Crop, samples, share near objects. The crop is meant for <see cref="DataOptions.Size"/>; an input of another size shows a part in proportion, at the same scale.</param>
    /// <param name="augmentation">What happens to each.</param>
    /// <param name="size">Size of the inputs.</param>
    /// <param name="normalization">How bytes become numbers.</param>
    /// <param name="setAside">Where damaged pictures are listed.</param>
    public static MaskSamples ToLearn(MaskedSet set, DataOptions data, AugmentationOptions augmentation, PixelSize size, Normalization normalization, SetAside setAside)
    {
        ArgumentNullException.ThrowIfNull(set);
        var frames = new TrainingFrames(set.Pictures, CropOf(data, size), data.Samples, data.Objects);
        return new MaskSamples(set.Pictures, frames.Count, frames.Of, augmentation, size, normalization, setAside, judges: false);
    }

    /// <summary>What is judged by, without chance: each picture as a whole, or tiles of the grid that covers it. No pixel counts twice, none beyond a picture's sides counts.</summary>
    /// <param name="set">The pictures.</param>
    /// <param name="data">Crop and <see cref="DataOptions.ValSamples"/>.</param>
    /// <param name="size">Size of the inputs.</param>
    /// <param name="normalization">How bytes become numbers.</param>
    /// <param name="setAside">Where damaged pictures are listed.</param>
    public static MaskSamples ToJudge(MaskedSet set, DataOptions data, PixelSize size, Normalization normalization, SetAside setAside)
    {
        ArgumentNullException.ThrowIfNull(set);
        var tiles = MaskTiles.Of(set.Pictures, CropOf(data, size), data.ValSamples);
        return new MaskSamples(set.Pictures, tiles.Count, (sample, _) => tiles[sample], AugmentationOptions.None, size, normalization, setAside, judges: true) { Tiles = tiles };
    }

    /// <summary>The fixed parts of a validation set; null where they are drawn.</summary>
    internal IReadOnlyList<MaskFrame>? Tiles { get; private init; }

    /// <summary>Path of the picture that a sample shows.</summary>
    /// <param name="sample">Its number.</param>
    public string PathOf(int sample) => _pictures[Tiles is { } tiles ? tiles[sample].Picture : sample % _pictures.Count].Path;

    /// <summary>The part that a sample of a validation set shows, in pixels of the picture; null where parts are drawn anew each time.</summary>
    /// <param name="sample">Its number.</param>
    public PixelBox? PartOf(int sample) => Tiles?[sample].Window;

    /// <summary>What a sample is called: its file, and of one in several parts where the part begins, "town1.tif 384, 0" for column and row.</summary>
    /// <param name="sample">Its number.</param>
    public string NameOf(int sample)
    {
        var file = Path.GetFileName(PathOf(sample));
        return PartOf(sample) is { } part && part.Size != _pictures[Tiles![sample].Picture].Size ? string.Create(CultureInfo.InvariantCulture, $"{file} {part.X}, {part.Y}") : file;
    }

    /// <inheritdoc/>
    /// <exception cref="BadInputException">Too many pictures are damaged, see <see cref="LimitsDamage"/>.</exception>
    public bool TryFill(int sample, Seed chance, Span<float> input, Span<long> target)
    {
        var random = chance.ToRandom();
        var frame = _frame(sample, random);
        var picture = _pictures[frame.Picture];
        if (Read(picture, frame, random) is not { } view)
        {
            _damaged.TryAdd(frame.Picture, true);
            if (LimitsDamage && _damaged.Count > _pictures.Count * SetAside.LargestShare) _setAside.ThrowIfTooMany(_pictures.Count);
            return false;
        }

        _augmenter.Apply(view.Pixels, view.PixelsCover, view.Draw, _normalization, input);
        MaskWarp.Apply(view.Mask, view.MaskCovers, view.Draw, target, ignoresOutside: _judges);
        if (_judges) IgnoreCounted(frame, target);
        return true;
    }

    /// <summary>The part of a picture, in its own pixels, that an input shows: the crop in proportion, or null where pictures are seen whole.</summary>
    /// <param name="data">Its crop is meant for its size.</param>
    /// <param name="size">Size of the input.</param>
    internal static PixelSize? CropOf(DataOptions data, PixelSize size) => data.Crop is not { } crop ? null : new PixelSize(
        Math.Max(1, (int)Math.Round((double)crop.Width * size.Width / data.Size.Width)), Math.Max(1, (int)Math.Round((double)crop.Height * size.Height / data.Size.Height)));

    private View? Read(MaskedPicture picture, MaskFrame frame, Random random)
    {
        if (_setAside.Contains(picture.Path)) return null;
        try
        {
            var header = _headers[frame.Picture] ??= RasterReader.ReadHeader(picture.Path);
            var (draw, window) = (Stretched(_augmenter.Draw(random, frame.Window.Size)), frame.Window);
            var shrink = Math.Max(1, draw.ToWarp().Shrink);
            var reach = WarpReach.Of(draw, window, header.Size, PictureParts.Margin(shrink));
            var (pixels, covers) = new PictureParts(Cache).Read(picture.Path, header, reach, shrink);
            var mask = _masks.Read(picture.Mask, header.Size, reach);
            return new View(pixels, covers.Shifted(-window.X, -window.Y), mask, reach.Shifted(-window.X, -window.Y), draw);
        }
        catch (DamagedPictureException damage)
        {
            _setAside.Add(picture.Path, damage.Path == picture.Path ? damage.Reason : $"its mask {damage.Path} {damage.Reason}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _setAside.Add(picture.Path, $"cannot be opened: {error.Message.TrimEnd('.')}");
        }

        return null;
    }

    // A part of another shape than the input is stretched, so that all of it is seen.
    private AugmentationDraw Stretched(AugmentationDraw draw)
    {
        if (!_stretches) return draw;
        var target = draw.Geometry.Transpose ? new PixelSize(draw.Target.Height, draw.Target.Width) : draw.Target;
        return draw with { Geometry = draw.Geometry with { ResizeX = (double)target.Width / draw.Source.Width, ResizeY = (double)target.Height / draw.Source.Height } };
    }

    private void IgnoreCounted(MaskFrame frame, Span<long> target)
    {
        var columns = Counted(frame.CountsFrom.X - frame.Window.X, Size.Width, frame.Window.Width);
        var rows = Counted(frame.CountsFrom.Y - frame.Window.Y, Size.Height, frame.Window.Height);
        for (var y = 0; y < Size.Height; y++) target.Slice(y * Size.Width, y < rows ? Size.Width : columns).Fill(-1);
    }

    // Target pixels whose centre lies before the first source pixel that counts. A window that reaches beyond its picture has its start outside: nothing was counted.
    private static int Counted(int source, int target, int window) =>
        Math.Clamp((int)Math.Ceiling(((double)source * target / window) - 0.5), 0, target);

    private sealed record View(Raster Pixels, PixelBox PixelsCover, Mask Mask, PixelBox MaskCovers, AugmentationDraw Draw);
}
