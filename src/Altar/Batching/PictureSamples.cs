using System.Collections.Concurrent;
using Altar.Datasets;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Picture files with a class each. What cannot be read is set aside, and not tried again.</summary>
/// <param name="samples">The pictures; sample i of the loader is <c>samples[i]</c>.</param>
/// <param name="size">Size of the input.</param>
/// <param name="view">Makes the input from a picture.</param>
/// <param name="setAside">Where damaged pictures are listed; other sets may use it too.</param>
public sealed class PictureSamples(IReadOnlyList<Sample> samples, PixelSize size, PictureView view, SetAside setAside) : ISampleSource
{
    private readonly ConcurrentDictionary<int, bool> _damaged = new();

    /// <summary>How files are read. Default: whole, with the usual limit on pixels.</summary>
    public ReadOptions Reading { get; init; } = new();

    /// <summary>Keeps decoded pictures for the next epochs. Default null: none is kept.</summary>
    public RasterCache? Cache { get; init; }

    /// <summary>Whether a larger share of damaged pictures than <see cref="SetAside.LargestShare"/> is an error. Default true.</summary>
    public bool LimitsDamage { get; init; } = true;

    /// <inheritdoc/>
    public int Count => samples.Count;

    /// <inheritdoc/>
    public PixelSize Size => size;

    /// <inheritdoc/>
    public int Channels => 3;

    /// <inheritdoc/>
    public IReadOnlyList<long> TargetShape => [];

    /// <inheritdoc/>
    /// <exception cref="BadInputException">Too many pictures are damaged, see <see cref="LimitsDamage"/>.</exception>
    public bool TryFill(int sample, Seed chance, Span<float> input, Span<long> target)
    {
        if (Read(samples[sample].Path) is not { } picture)
        {
            _damaged.TryAdd(sample, true);
            if (LimitsDamage && _damaged.Count > samples.Count * SetAside.LargestShare) setAside.ThrowIfTooMany(samples.Count);
            return false;
        }

        view(picture, chance.ToRandom(), input);
        target[0] = samples[sample].Label;
        return true;
    }

    private Raster? Read(string path)
    {
        if (setAside.Contains(path)) return null;
        try
        {
            return Cache?.Read(path, Reading) ?? RasterReader.Read(path, Reading);
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
