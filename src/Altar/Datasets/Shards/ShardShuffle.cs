namespace Altar.Datasets.Shards;

/// <summary>A buffer of bounded size between reading and delivery, of which samples are drawn by chance. It holds numbers, not pictures.</summary>
internal sealed class ShardShuffle(IEnumerable<ShardStep> reading, int size, Random random)
{
    private readonly IEnumerator<ShardStep> _reading = reading.GetEnumerator();
    private readonly List<ShardStep> _held = [];

    /// <summary>The sample delivered last.</summary>
    public ShardStep Current { get; private set; }

    /// <summary>How many samples must have been read for <see cref="Current"/> to be there.</summary>
    public int Read { get; private set; }

    /// <summary>Steps that were read and not delivered.</summary>
    public IEnumerable<int> Held => _held.Select(step => step.Step);

    /// <summary>Draws the next sample.</summary>
    /// <returns>False at the end of the epoch.</returns>
    public bool MoveNext()
    {
        while (_held.Count < size && _reading.MoveNext())
        {
            _held.Add(_reading.Current);
            Read++;
        }

        if (_held.Count == 0) return false;
        var drawn = size == 1 ? 0 : random.Next(_held.Count);
        Current = _held[drawn];
        _held[drawn] = _held[^1];
        _held.RemoveAt(_held.Count - 1);
        return true;
    }
}
