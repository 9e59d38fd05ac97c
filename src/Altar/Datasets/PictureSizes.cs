using Altar.Images;

namespace Altar.Datasets;

/// <summary>Sizes of pictures, from their headers, as aspect-ratio buckets need them.</summary>
public static class PictureSizes
{
    /// <summary>Reads all headers, in parallel, once; keep the result for every epoch.</summary>
    /// <param name="samples">The pictures.</param>
    /// <param name="damaged">Receives those that cannot be read.</param>
    /// <param name="threads">Threads that read; 0: one for each processor.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>Sizes of the upright pictures in the order of the samples, null for damaged ones.</returns>
    public static IReadOnlyList<PixelSize?> Read(IReadOnlyList<Sample> samples, SetAside damaged, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return [.. PictureCheck.ReadHeaders([.. samples.Select(sample => sample.Path)], damaged, threads, cancel).Select(header => header?.Size)];
    }
}
