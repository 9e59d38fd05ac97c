using Altar.Training.Checkpoints;

namespace Altar.Tests.Training.Checkpoints;

public class RetentionPolicyTests
{
    [Theory]
    [InlineData(0, 0, new int[0])]
    [InlineData(2, 0, new[] { 5, 6 })]
    [InlineData(9, 0, new[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(0, 3, new[] { 3, 6 })]
    [InlineData(1, 4, new[] { 4, 6 })]
    public void Epochs_are_kept_for_being_new_or_due(int newest, int every, int[] kept)
    {
        var policy = new RetentionPolicy { Newest = newest, Every = every };

        Assert.Equal(kept, policy.Epochs(6).Order());
        Assert.Equal(kept.Length > 0, policy.KeepsEpochs);
    }

    [Fact]
    public void What_is_gone_stays_gone()
    {
        var policy = new RetentionPolicy { Newest = 2, Every = 3 };

        Assert.All(Enumerable.Range(1, 20), epoch => Assert.Subset(policy.Epochs(epoch).Append(epoch + 1).ToHashSet(), policy.Epochs(epoch + 1).ToHashSet()));
    }

    [Fact]
    public void Snapshots_are_all_kept_or_the_newest()
    {
        Assert.All(Enumerable.Range(1, 9), number => Assert.True(new RetentionPolicy().KeepsSnapshot(number, newest: 9)));
        Assert.Equal([8, 9], Enumerable.Range(1, 9).Where(number => new RetentionPolicy { Snapshots = 2 }.KeepsSnapshot(number, newest: 9)));
    }
}
