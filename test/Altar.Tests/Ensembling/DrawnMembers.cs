using Altar.Ensembling;
using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Tests.Ensembling;

/// <summary>Members whose probabilities are drawn.</summary>
internal static class DrawnMembers
{
    public static readonly string[] Classes = ["a", "b", "c"];

    /// <summary>Members of any quality: each leans towards the truth or away from it.</summary>
    public static List<EnsembleMember> Of(int members, int pictures, long seed)
    {
        var random = new Seed((ulong)seed).ToRandom();
        int[] labels = [.. Enumerable.Range(0, pictures).Select(_ => random.Next(Classes.Length))];
        return [.. Enumerable.Range(0, members).Select(member =>
        {
            var lean = (random.NextDouble() * 6) - 2;
            return new EnsembleMember($"member-{member + 1}", [.. labels.Select((label, i) => new Prediction($"{i}.jpg", label, Row(random, label, lean)))]);
        })];
    }

    /// <summary>A member from its probability of the first of two classes, which is the truth of every picture.</summary>
    public static EnsembleMember Sure(string name, params float[] first) =>
        new(name, [.. first.Select((p, i) => new Prediction($"{i}.jpg", 0, [p, 1 - p]))]);

    private static float[] Row(Random random, int label, double lean)
    {
        double[] logits = [.. Enumerable.Range(0, Classes.Length).Select(k => (random.NextDouble() * 8) + (k == label ? lean : 0))];
        var sum = logits.Sum(Math.Exp);
        return [.. logits.Select(logit => (float)(Math.Exp(logit) / sum))];
    }
}
