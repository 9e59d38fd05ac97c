using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>Sets apart the same fraction of every class.</summary>
internal static class StratifiedSplit
{
    /// <summary>Takes round(fraction x count) pictures of each class, at least 1 and never all; a class of one picture stays whole in train.</summary>
    /// <returns>For each sample, whether it goes to val.</returns>
    public static bool[] Choose(PictureSet set, double fraction, Seed seed)
    {
        var inVal = new bool[set.Samples.Count];
        foreach (var members in set.Samples.Index().GroupBy(pair => pair.Item.Label, pair => pair.Index))
        {
            var shuffled = members.ToArray();
            seed.For("split").For(set.Classes[members.Key]).ToRandom().Shuffle(shuffled);
            foreach (var index in shuffled.Take(CountFor(shuffled.Length, fraction))) inVal[index] = true;
        }

        return inVal;
    }

    public static int CountFor(int pictures, double fraction) =>
        pictures < 2 ? 0 : Math.Clamp((int)Math.Round(pictures * fraction, MidpointRounding.AwayFromZero), 1, pictures - 1);
}
