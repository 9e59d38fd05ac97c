using Altar.Tensors;

namespace Altar.Ensembling;

/// <summary>Two halves of a set with the same classes: one to choose on, one to report on.</summary>
public static class StratifiedHalves
{
    /// <summary>Deals the pictures of each class to the two halves in turn. Of an odd number the halves take turns in getting one more.</summary>
    /// <param name="labels">The class of each picture; -1 is a class of its own.</param>
    /// <param name="seed">Decides who goes where.</param>
    /// <returns>For each picture, whether it is in the first half.</returns>
    public static bool[] Of(IReadOnlyList<int> labels, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var inFirst = new bool[labels.Count];
        var dealt = 0;
        foreach (var members in labels.Index().GroupBy(pair => pair.Item, pair => pair.Index).OrderBy(group => group.Key))
        {
            var shuffled = members.ToArray();
            seed.For("halves").For(members.Key).ToRandom().Shuffle(shuffled);
            foreach (var index in shuffled) inFirst[index] = dealt++ % 2 == 0;
        }

        return inFirst;
    }
}
