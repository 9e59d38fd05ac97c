namespace Altar.Batching;

/// <summary>A batch between plan and delivery. Its pipeline's lock guards all of it but the memory.</summary>
internal sealed class BatchInWork(PlannedBatch plan, Staging staging)
{
    private readonly bool[] _filled = new bool[plan.Samples.Count];
    private int _handedOut, _done;

    public PlannedBatch Plan => plan;

    public Staging Staging => staging;

    public bool HasMoreToHandOut => _handedOut < _filled.Length;

    public bool IsReady { get; set; }

    /// <summary>Numbers of the samples that could be read, in the plan's order.</summary>
    public IReadOnlyList<int> Samples { get; private set; } = [];

    public int HandOut() => _handedOut++;

    /// <returns>True for the call that reports the last sample: its thread closes the batch.</returns>
    public bool Report(int position, bool isFilled)
    {
        _filled[position] = isFilled;
        return ++_done == _filled.Length;
    }

    /// <summary>Moves the samples together over the gaps of those that could not be read.</summary>
    public void Close()
    {
        var readable = Enumerable.Range(0, _filled.Length).Where(position => _filled[position]).ToList();
        for (var to = 0; to < readable.Count; to++)
        {
            if (readable[to] != to) staging.Copy(readable[to], to);
        }

        Samples = [.. readable.Select(position => plan.Samples[position])];
    }
}
