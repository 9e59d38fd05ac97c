using System.Collections.Concurrent;
using Altar.Augmentation;
using Altar.Datasets;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Picture files with a class each, under an augmentation. What cannot be read is set aside, and not tried again.</summary>
/// <remarks>What happens to a picture is drawn from its header; then it is decoded, at the smallest scale that the draw allows.</remarks>
/// <param name="samples">The pictures; sample i of the loader is <c>samples[i]</c>.</param>
/// <param name="augmenter">Makes the input from a picture; its target is the size of the input.</param>
/// <param name="normalization">How bytes become numbers.</param>
/// <param name="setAside">Where damaged pictures are listed; other sets may use it too.</param>
public sealed class PictureSamples(IReadOnlyList<Sample> samples, Augmenter augmenter, Normalization normalization, SetAside setAside) : ISampleSource
{
    private readonly PictureHeader?[] _headers = new PictureHeader?[samples.Count];   // read once, used in every epoch
    private readonly ConcurrentDictionary<int, bool> _damaged = new();

    /// <summary>Keeps decoded pictures for the next epochs. Default null: none is kept.</summary>
    public RasterCache? Cache { get; init; }

    /// <summary>Targets that stand above the samples' class, e.g. of several heads; sample i is its sample i. Default null: the class.</summary>
    public ISampleTargets? Targets { get; init; }

    /// <summary>Whether a larger share of damaged pictures than <see cref="SetAside.LargestShare"/> is an error. Default true.</summary>
    public bool LimitsDamage { get; init; } = true;

    /// <inheritdoc/>
    public int Count => samples.Count;

    /// <inheritdoc/>
    public PixelSize Size => augmenter.Target;

    /// <inheritdoc/>
    public int Channels => 3;

    /// <inheritdoc/>
    public IReadOnlyList<long> TargetShape => Targets?.Shape ?? [];

    /// <inheritdoc/>
    /// <exception cref="BadInputException">Too many pictures are damaged, see <see cref="LimitsDamage"/>.</exception>
    public bool TryFill(int sample, Seed chance, Span<float> input, Span<long> target)
    {
        if (Read(sample, chance) is not var (picture, draw))
        {
            _damaged.TryAdd(sample, true);
            if (LimitsDamage && _damaged.Count > samples.Count * SetAside.LargestShare) setAside.ThrowIfTooMany(samples.Count);
            return false;
        }

        augmenter.Apply(picture, draw, normalization, input);
        if (Targets is null) target[0] = samples[sample].Label;
        else Targets.Write(sample, target);
        return true;
    }

    private (Raster Picture, AugmentationDraw Draw)? Read(int sample, Seed chance)
    {
        var path = samples[sample].Path;
        if (setAside.Contains(path)) return null;
        try
        {
            var header = _headers[sample] ??= RasterReader.ReadHeader(path);
            var draw = augmenter.Draw(chance.ToRandom(), header.Size);
            var options = new ReadOptions { AtLeast = draw.AtLeast() };
            return (Cache?.Read(path, header, options) ?? RasterReader.Read(path, options), draw);
        }
        catch (DamagedPictureException damage)
        {
            setAside.Add(path, damage.Reason);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            setAside.Add(path, $"cannot be opened: {error.Message.TrimEnd('.')}");
        }

        return null;
    }
}
