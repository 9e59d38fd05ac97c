using Altar.Training.Tricks;

namespace Altar.Tests.Training.Tricks;

public class HardestBatchTests
{
    [Fact]
    public void Of_losses_1_to_10_the_tenth_batch_is_replayed_once()
    {
        Assert.Equal([(10, 10)], Replays(10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    }

    [Fact]
    public void Of_equal_losses_the_first_is_kept()
    {
        Assert.Equal([(3, 1)], Replays(3, [2, 2, 2]));
    }

    [Fact]
    public void After_a_replay_nothing_is_kept_of_before()
    {
        // The 9 of the first three is gone when the next three end.
        Assert.Equal([(3, 1), (6, 5)], Replays(3, [9, 1, 1, 2, 3, 1]));
    }

    [Fact]
    public void A_rate_of_0_is_off()
    {
        Assert.Empty(Replays(0, [1, 2, 3]));
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_never_kept()
    {
        Assert.Equal([(3, 2)], Replays(3, [double.NaN, 1, double.PositiveInfinity]));
        Assert.Empty(Replays(2, [double.NaN, double.NaN]));
    }

    // The class of DSB-2018 starts from a worst of 0 and would keep none of these.
    [Fact]
    public void A_loss_that_is_never_above_0_is_kept_too()
    {
        Assert.Equal([(2, 2)], Replays(2, [-3, -1]));
        Assert.Equal([(2, 1)], Replays(2, [0, 0]));
    }

    // Step of the replay and the number of the batch, both from 1.
    private static List<(int Step, int Batch)> Replays(int rate, double[] losses)
    {
        var (hardest, kept) = (new HardestBatch(rate), 0);
        var replays = new List<(int, int)>();
        foreach (var (index, loss) in losses.Index())
        {
            if (hardest.Offer(loss)) kept = index + 1;
            if (!hardest.IsDue) continue;
            if (hardest.Worst is not null) replays.Add((index + 1, kept));
            hardest.Reset();
        }

        return replays;
    }
}
