using System.Collections.Concurrent;
using Altar.Images;

namespace Altar.Batching;

/// <summary>Keeps decoded pictures from epoch to epoch, as many as fit. Safe to use from many threads.</summary>
/// <remarks>
/// An epoch visits every picture once, so whatever was dropped would be needed again before what replaced it: the first pictures
/// stay and the others are decoded anew. What a batch holds does not depend on it.
/// </remarks>
/// <param name="bytes">Memory for pixels, at least 0.</param>
public sealed class RasterCache(long bytes)
{
    private readonly ConcurrentDictionary<(string Path, int Scale), Raster> _kept = new();
    private long _left = bytes;

    /// <summary>Pictures kept.</summary>
    public int Count => _kept.Count;

    /// <summary>The picture as it was kept, else as <see cref="RasterReader"/> reads it.</summary>
    /// <param name="path">The file; it must not change while this lives.</param>
    /// <param name="header">Its header.</param>
    /// <param name="options">Limits and scale. Pictures of another scale are others, so that a view does not depend on the views before.</param>
    /// <exception cref="DamagedPictureException">The file cannot be used.</exception>
    public Raster Read(string path, PictureHeader header, ReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var key = (path, RasterReader.Scale(header, options.AtLeast));
        if (_kept.TryGetValue(key, out var kept)) return kept;
        var raster = RasterReader.Read(path, options);
        if (Interlocked.Add(ref _left, -raster.Pixels.Length) < 0 || !_kept.TryAdd(key, raster)) Interlocked.Add(ref _left, raster.Pixels.Length);
        return raster;
    }
}
