namespace Altar.Images;

/// <summary>Keeps the decoded strips and tiles that were used last, of one raster or of many. Safe to use from many threads.</summary>
/// <param name="bytes">Memory for decoded samples, at least 0: what was unused longest makes room.</param>
public sealed class RasterBlockCache(long bytes)
{
    private readonly Dictionary<Key, LinkedListNode<(Key Key, byte[] Block)>> _places = [];
    private readonly LinkedList<(Key Key, byte[] Block)> _byUse = [];   // used last first
    private readonly Lock _lock = new();

    /// <summary>Bytes kept now, at most what was allowed.</summary>
    public long Kept { get; private set; }

    internal readonly record struct Key(long Raster, int Block, int Plane);

    /// <summary>The block as it was kept, else as it is decoded now. Two threads that miss at once both decode it.</summary>
    internal byte[] Take(Key key, Func<Key, byte[]> decode)
    {
        lock (_lock)
        {
            if (_places.TryGetValue(key, out var place))
            {
                _byUse.Remove(place);
                _byUse.AddFirst(place);
                return place.Value.Block;
            }
        }

        var block = decode(key);
        Keep(key, block);
        return block;
    }

    private void Keep(Key key, byte[] block)
    {
        lock (_lock)
        {
            if (block.Length > bytes || _places.ContainsKey(key)) return;
            _places[key] = _byUse.AddFirst((key, block));
            Kept += block.Length;
            while (Kept > bytes)
            {
                var oldest = _byUse.Last!;
                _byUse.RemoveLast();
                _places.Remove(oldest.Value.Key);
                Kept -= oldest.Value.Block.Length;
            }
        }
    }
}
