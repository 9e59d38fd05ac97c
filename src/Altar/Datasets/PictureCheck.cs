using Altar.Images;

namespace Altar.Datasets;

/// <summary>Looks at every picture's header before time is spent on training.</summary>
public static class PictureCheck
{
    private static readonly long MaximumPixels = new ReadOptions().MaximumPixels;

    /// <summary>Reads all headers.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="damaged">Receives those that are no pictures, end within their header, cannot be opened, or claim more pixels than are read.</param>
    /// <param name="threads">Threads that read; 0: one for each processor.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>The headers in the order of the files, null for damaged ones.</returns>
    public static PictureHeader?[] ReadHeaders(IReadOnlyList<string> paths, SetAside damaged, int threads = 0, CancellationToken cancel = default) =>
        ReadHeaders(paths, damaged, threads, _ => false, cancel);

    /// <summary>The same where some pictures are read by parts, and may have any size.</summary>
    internal static PictureHeader?[] ReadHeaders(IReadOnlyList<string> paths, SetAside damaged, int threads, Func<PictureHeader, bool> mayBeLarge, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(damaged);
        var headers = new PictureHeader?[paths.Count];
        Parallel.For(0, paths.Count, Threads.Limit(threads, cancel), index => headers[index] = ReadHeader(paths[index], damaged, mayBeLarge));
        return headers;
    }

    private static PictureHeader? ReadHeader(string path, SetAside damaged, Func<PictureHeader, bool> mayBeLarge)
    {
        try
        {
            var header = RasterReader.ReadHeader(path);
            if (header.Size.Area <= MaximumPixels || mayBeLarge(header)) return header;
            damaged.Add(path, $"its header claims {header.Size.Width}x{header.Size.Height} pixels, above the limit of {MaximumPixels / 1_000_000} million");
        }
        catch (DamagedPictureException error)
        {
            damaged.Add(path, error.Reason);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            damaged.Add(path, $"cannot be opened: {error.Message.TrimEnd('.')}");
        }

        return null;
    }
}
