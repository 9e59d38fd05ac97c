using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>Sets whole groups apart, so that the fraction of every class comes as near to the wanted one as groups allow.</summary>
/// <remarks>Greedy, largest group first, as in scikit-learn's StratifiedGroupKFold (the order of equal groups is drawn), at first
/// without exceeding the wanted counts; then groups change sides while that helps.</remarks>
internal static class GroupedSplit
{
    private const int MostPasses = 20;

    /// <returns>For each sample, whether it goes to val. A picture without a group is a group of its own.</returns>
    public static bool[] Choose(PictureSet set, double fraction, Seed seed)
    {
        var groups = set.Samples.Index()
            .GroupBy(pair => pair.Item.Group ?? $"\0{pair.Index}", pair => pair.Index)
            .Select(group => group.ToArray())
            .ToArray();
        seed.For("split").ToRandom().Shuffle(groups);
        groups = [.. groups.OrderByDescending(group => group.Length)];

        var balance = new Balance(set, fraction);
        var inVal = new bool[set.Samples.Count];
        for (var (pass, changed) = (0, true); changed && pass < MostPasses; pass++)
        {
            changed = false;
            foreach (var group in groups.Where(group => balance.MoveIfBetter(group, toVal: !inVal[group[0]], mayExceed: pass > 0)))
            {
                foreach (var index in group) inVal[index] = !inVal[index];
                changed = true;
            }
        }

        return inVal;
    }

    /// <summary>How many pictures of each class val has, and how many it should have.</summary>
    private sealed class Balance
    {
        private readonly PictureSet _set;
        private readonly int[] _total, _taken;
        private readonly double _fraction;

        public Balance(PictureSet set, double fraction)
        {
            _set = set;
            _fraction = fraction;
            _total = new int[set.Classes.Count];
            _taken = new int[set.Classes.Count];
            foreach (var sample in set.Samples) _total[sample.Label]++;
        }

        public bool MoveIfBetter(int[] group, bool toVal, bool mayExceed)
        {
            var changes = group.CountBy(index => _set.Samples[index].Label).Select(pair => (Label: pair.Key, Count: toVal ? pair.Value : -pair.Value)).ToList();
            if (changes.Any(change => _taken[change.Label] + change.Count >= _total[change.Label])) return false;   // train keeps every class
            if (!mayExceed && changes.Any(change => _taken[change.Label] + change.Count > Math.Ceiling(_fraction * _total[change.Label]))) return false;
            var gain = changes.Sum(change => Miss(change.Label, _taken[change.Label]) - Miss(change.Label, _taken[change.Label] + change.Count));
            if (gain < 1e-9) return false;               // rounding must not make a group change sides for ever
            foreach (var (label, count) in changes) _taken[label] += count;
            return true;
        }

        // Squared, so that two small misses are better than a large one; divided by the size, so that rare classes count.
        private double Miss(int label, int taken)
        {
            var miss = taken - (_fraction * _total[label]);
            return miss * miss / _total[label];
        }
    }
}
