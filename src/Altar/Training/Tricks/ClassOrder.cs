using Altar.Batching;
using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Training.Tricks;

/// <summary>Epochs that make up for rare classes.</summary>
public static class ClassOrder
{
    /// <summary>As many samples as there are, of each class equally many: each class goes through its own in shuffled rounds that run on from epoch to epoch.</summary>
    /// <param name="labels">The class of each sample; -1 is none, and such samples are left out.</param>
    /// <param name="seed">Decides the order.</param>
    public static EpochOrder Balanced(IReadOnlyList<int> labels, Seed seed)
    {
        var classes = Enumerable.Range(0, labels?.Count ?? 0).Where(sample => labels![sample] >= 0).GroupBy(sample => labels![sample]).OrderBy(members => members.Key).Select(members => members.ToArray()).ToList();
        var samples = classes.Sum(members => members.Length);
        return Order;

        IReadOnlyList<int> Order(int epoch)
        {
            // What does not divide goes to the first classes.
            int[] order = [.. classes.SelectMany((members, index) => Rounds(members, (samples / classes.Count) + (index < samples % classes.Count ? 1 : 0), epoch, seed.For("class").For(index)))];
            seed.For("order").For(epoch).ToRandom().Shuffle(order);
            return order;
        }
    }

    /// <summary>Each sample once, those of rare classes several times: Kuzin's rule, which <see cref="ClassBalance"/> tells.</summary>
    /// <param name="labels">The class of each sample; -1 is none.</param>
    /// <param name="seed">Decides the order.</param>
    /// <param name="least">A class with fewer samples is repeated up to so many.</param>
    /// <param name="copies">A sample comes at most so often.</param>
    public static EpochOrder Repeated(IReadOnlyList<int> labels, Seed seed, int least, int copies) =>
        epoch => ClassBalance.Repeated(labels, seed.For("order").For(epoch), least, copies);

    private static IEnumerable<int> Rounds(int[] members, int count, int epoch, Seed seed)
    {
        for (long place = (long)epoch * count, end = place + count; place < end;)
        {
            var (round, skipped) = Math.DivRem(place, members.Length);
            int[] order = [.. members];
            seed.For(round).ToRandom().Shuffle(order);
            var taken = (int)Math.Min(end - place, members.Length - skipped);
            foreach (var sample in order.AsSpan((int)skipped, taken).ToArray()) yield return sample;
            place += taken;
        }
    }
}
