using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>Cuts a set into folds with the same classes in each, groups whole.</summary>
public static class FoldSplit
{
    /// <summary>Deals pictures to folds.</summary>
    /// <remarks>
    /// Greedy, largest group first, each to the fold whose classes it evens out most, as scikit-learn's StratifiedGroupKFold; the order of
    /// equal groups is drawn. A picture without a group is a group of its own.
    /// </remarks>
    /// <param name="set">The pictures.</param>
    /// <param name="folds">How many, at least 2.</param>
    /// <param name="seed">Decides who goes where.</param>
    /// <returns>For each picture its fold, from 0; -1 for those that are always learnt from: a class in one group only cannot be both learnt and judged.</returns>
    /// <exception cref="BadInputException">A fold would be empty.</exception>
    public static int[] Choose(PictureSet set, int folds, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var groups = set.Samples.Index()
            .GroupBy(pair => pair.Item.Group ?? $"\0{pair.Index}", pair => pair.Index)
            .Select(group => group.ToArray())
            .ToArray();
        seed.For("folds").ToRandom().Shuffle(groups);

        var places = Enumerable.Repeat(-1, set.Samples.Count).ToArray();
        var lonely = LonelyClasses(set, groups);
        var balance = new Balance(set, folds);
        foreach (var group in groups.OrderByDescending(group => group.Length))
        {
            if (group.Any(index => lonely.Contains(set.Samples[index].Label))) continue;
            var fold = balance.Place(group);
            foreach (var index in group) places[index] = fold;
        }

        var empty = Enumerable.Range(0, folds).Where(fold => !places.Contains(fold)).ToList();
        return empty.Count == 0
            ? places
            : throw new BadInputException($"{set.Source}: {set.Samples.Count} pictures in {groups.Length} groups are too few for {folds} folds: {empty.Count} would be empty. Ask for fewer folds.");
    }

    private static HashSet<int> LonelyClasses(PictureSet set, int[][] groups) =>
        [.. groups.SelectMany(group => group.Select(index => set.Samples[index].Label).Distinct()).CountBy(label => label).Where(pair => pair.Value < 2).Select(pair => pair.Key)];

    /// <summary>How many pictures of each class each fold has.</summary>
    private sealed class Balance(PictureSet set, int folds)
    {
        private readonly int[,] _taken = new int[folds, set.Classes.Count];
        private readonly int[] _sizes = new int[folds];
        private readonly int[] _total = Totals(set);

        public int Place(int[] group)
        {
            var counts = group.CountBy(index => set.Samples[index].Label).ToList();
            var fold = Enumerable.Range(0, folds).MinBy(fold => (counts.Sum(pair => Cost(fold, pair.Key, pair.Value)), _sizes[fold], fold));
            foreach (var (label, count) in counts) _taken[fold, label] += count;
            _sizes[fold] += group.Length;
            return fold;
        }

        // What the sum of squares over the folds grows by, relative to the class: least where the fold has the fewest of it.
        private double Cost(int fold, int label, int more) => ((2.0 * _taken[fold, label] * more) + ((double)more * more)) / _total[label];

        private static int[] Totals(PictureSet set)
        {
            var total = new int[set.Classes.Count];
            foreach (var sample in set.Samples) total[sample.Label]++;
            return total;
        }
    }
}
