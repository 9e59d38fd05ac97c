using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Tests.Metrics;

public class RankingTests
{
    [Fact]
    public void First_guesses_come_in_falling_order_and_equals_in_the_order_of_the_classes()
    {
        Assert.Equal([2, 1, 3], Ranking.First([0.1f, 0.3f, 0.5f, 0.3f], 3));
        Assert.Equal([1, 0], Ranking.First([0.2f, 0.8f], 5));
    }

    [Fact]
    public void First_guesses_equal_those_of_a_full_sort()
    {
        var random = new Seed(1).ToRandom();
        float[] scores = [.. Enumerable.Range(0, 4000).Select(_ => (float)random.Next(500))];

        var sorted = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ThenBy(i => i).Take(5).ToArray();

        Assert.Equal(sorted, Ranking.First(scores, 5));
        Assert.Equal(sorted[0], Ranking.First(scores));
        Assert.All(sorted, label => Assert.True(Ranking.IsAmongFirst(scores, label, 5)));
        Assert.False(Ranking.IsAmongFirst(scores, sorted[^1], 4));
    }

    [Fact]
    public void NaN_ranks_last()
    {
        Assert.Equal(1, Ranking.First([float.NaN, 0.1f]));
        Assert.Equal([2, 1, 0], Ranking.First([float.NaN, 0.1f, 0.9f], 3));
        Assert.False(Ranking.IsAmongFirst([float.NaN, 0.1f, 0.9f], 0, 2));
    }

    [Fact]
    public void Nothing_has_no_first() => Assert.Equal(-1, Ranking.First([]));
}
