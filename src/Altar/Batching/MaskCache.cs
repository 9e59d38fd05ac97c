using System.Collections.Concurrent;
using Altar.Datasets.Masks;
using Altar.Images;

namespace Altar.Batching;

/// <summary>Keeps decoded masks from epoch to epoch, as many as fit: the first ones stay, as in <see cref="RasterCache"/>. Safe to use from many threads.</summary>
/// <param name="bytes">Memory for masks, at least 0; a pixel takes a byte.</param>
public sealed class MaskCache(long bytes)
{
    private readonly ConcurrentDictionary<string, Mask> _kept = new(StringComparer.Ordinal);
    private long _left = bytes;

    /// <summary>Masks kept.</summary>
    public int Count => _kept.Count;

    /// <summary>A part of a mask. Painted masks are painted part by part and not kept.</summary>
    /// <param name="source">The mask.</param>
    /// <param name="picture">Size of its picture.</param>
    /// <param name="part">Which part.</param>
    /// <exception cref="DamagedPictureException">The mask's file cannot be read.</exception>
    public Mask Read(IMaskSource source, PixelSize picture, PixelBox part)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.MakesParts) return source.Read(picture, part);
        if (!_kept.TryGetValue(source.Path, out var whole))
        {
            whole = source.Read(picture, PixelBox.Whole(picture));
            if (Interlocked.Add(ref _left, -whole.Values.Length) < 0 || !_kept.TryAdd(source.Path, whole)) Interlocked.Add(ref _left, whole.Values.Length);
        }

        return part == PixelBox.Whole(picture) ? whole : whole.Part(part);
    }
}
