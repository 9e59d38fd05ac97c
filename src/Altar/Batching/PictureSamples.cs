using Altar.Datasets;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Picture files with a class each. What cannot be read is set aside, and not tried again.</summary>
/// <param name="samples">The pictures; sample i of the loader is <c>samples[i]</c>.</param>
/// <param name="size">Size of the input.</param>
/// <param name="view">Makes the input from a picture.</param>
/// <param name="setAside">Where damaged pictures of these samples are listed. One for each set: they are counted against its size.</param>
public sealed class PictureSamples(IReadOnlyList<Sample> samples, PixelSize size, PictureView view, SetAside setAside) : ISampleSource
{
    /// <summary>How files are read. Default: whole, with the usual limit on pixels.</summary>
    public ReadOptions Reading { get; init; } = new();

    /// <summary>Keeps decoded pictures for the next epochs. Default null: none is kept.</summary>
    public RasterCache? Cache { get; init; }

    /// <summary>Whether too many damaged pictures are an error, as <see cref="SetAside.ThrowIfTooMany"/> says. Default true.</summary>
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
        if (Read(samples[sample].Path) is not { } picture) return false;
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
            return SetAside(path, damage.Reason);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return SetAside(path, $"cannot be opened: {error.Message.TrimEnd('.')}");
        }
    }

    private Raster? SetAside(string path, string reason)
    {
        setAside.Add(path, reason);
        if (LimitsDamage) setAside.ThrowIfTooMany(samples.Count);
        return null;
    }
}
