namespace Altar.Datasets.Heads;

/// <summary>What the labels of one head are in a union of sets.</summary>
internal sealed class HeadCensus
{
    private readonly HeadPlace _head;
    private double _sum, _squares;

    private HeadCensus(HeadPlace head) => (_head, Classes) = (head, new long[head.Classes.Count]);

    /// <summary>Samples with a label.</summary>
    public int Labelled { get; private set; }

    /// <summary>Samples of each class or label.</summary>
    public long[] Classes { get; }

    /// <summary>Of a value: its mean; 0 without labels.</summary>
    public double Mean => Labelled == 0 ? 0 : _sum / Labelled;

    /// <summary>Of a value: its standard deviation; 1 where all are the same.</summary>
    public double Deviation => Math.Sqrt(Math.Max(0, (_squares / Math.Max(1, Labelled)) - (Mean * Mean))) is var deviation and > 0 ? deviation : 1;

    /// <summary>Classes that no sample has.</summary>
    public IReadOnlyList<string> Missing => [.. _head.Classes.Where((_, k) => Classes[k] == 0)];

    /// <summary>Counts all heads in one pass.</summary>
    public static IReadOnlyList<HeadCensus> Of(LabelledSets sets)
    {
        HeadCensus[] all = [.. sets.Layout.Heads.Select(head => new HeadCensus(head))];
        var target = new long[sets.Layout.Slots];
        for (var sample = 0; sample < sets.Samples.Count; sample++)
        {
            sets.Write(sample, target);
            foreach (var one in all) one.Add(target);
        }

        return all;
    }

    /// <summary>Counts the distinct values of a column, each once.</summary>
    public static HeadCensus OfValues(HeadPlace head, IEnumerable<string> texts, string where)
    {
        var census = new HeadCensus(head);
        var target = new long[head.FirstSlot + head.Slots];
        foreach (var text in texts)
        {
            head.Write(text, where, target);
            census.Add(target);
        }

        return census;
    }

    private void Add(ReadOnlySpan<long> target)
    {
        if (!_head.IsLabelled(target)) return;
        Labelled++;
        var slots = target.Slice(_head.FirstSlot, _head.Slots);
        if (_head.Kind == HeadKind.Value)
        {
            var value = HeadPlace.ToValue(slots[0]);
            _sum += value;
            _squares += value * value;
        }
        else if (_head.Kind == HeadKind.Multi)
        {
            for (var k = 0; k < slots.Length; k++) Classes[k] += slots[k];
        }
        else
        {
            Classes[slots[0]]++;
        }
    }
}
