using Altar.Batching;
using Altar.Tensors;

namespace Altar.Tests.Batching;

public class BucketPlanTests
{
    private static readonly BatchOptions InOrder = new() { Batch = 2, Shuffles = false };
    private static readonly int[] Buckets = [0, 1, 0, 1, 1, -1, 0, 1, 1];   // sample 5 cannot be read

    private static List<PlannedBatch> Epoch(BucketPlan plan, int epoch, int firstBatch = 0) =>
        [.. plan.From(epoch, firstBatch).TakeWhile(batch => batch.Epoch == epoch)];

    [Fact]
    public void A_bucket_that_is_full_becomes_a_batch_and_the_rest_comes_last()
    {
        var batches = Epoch(new BucketPlan(Buckets, InOrder, new Seed(1)), 0);

        Assert.Equal(["0: 0 2", "1: 1 3", "1: 4 7", "0: 6", "1: 8"], batches.Select(batch => $"{batch.Shape}: {string.Join(' ', batch.Samples)}"));
        Assert.Equal([0, 1, 2, 3, 4], batches.Select(batch => batch.Index));
    }

    [Fact]
    public void Each_bucket_may_drop_an_incomplete_batch()
    {
        var plan = new BucketPlan(Buckets, InOrder with { SmallestBatch = 2 }, new Seed(1));

        Assert.Equal(3, plan.BatchesPerEpoch);
        Assert.Equal(3, Epoch(plan, 0).Count);
    }

    [Fact]
    public void Shuffled_batches_have_one_shape_each_and_hold_every_sample_once()
    {
        int[] buckets = [.. Enumerable.Range(0, 100).Select(sample => sample % 3)];
        var plan = new BucketPlan(buckets, new BatchOptions { Batch = 8 }, new Seed(5));
        var (first, second) = (Epoch(plan, 1), Epoch(plan, 2));

        Assert.All(first, batch => Assert.All(batch.Samples, sample => Assert.Equal(batch.Shape, buckets[sample])));
        Assert.Equal(Enumerable.Range(0, 100), first.SelectMany(batch => batch.Samples).Order());
        Assert.Equal(plan.BatchesPerEpoch, first.Count);
        Assert.NotEqual(first.SelectMany(batch => batch.Samples), second.SelectMany(batch => batch.Samples));
        Assert.NotEqual(8, first.Take(12).Min(batch => batch.Samples.Count));   // incomplete ones are not all at the end
    }

    [Fact]
    public void An_epoch_can_be_entered_anywhere()
    {
        var options = new BatchOptions { Batch = 2 };
        var whole = Epoch(new BucketPlan(Buckets, options, new Seed(1)), 3);

        Assert.Equal(whole.Skip(2).Select(batch => string.Join(' ', batch.Samples)), Epoch(new BucketPlan(Buckets, options, new Seed(1)), 3, firstBatch: 2).Select(batch => string.Join(' ', batch.Samples)));
    }

    [Fact]
    public void Too_few_samples_are_refused() =>
        Assert.Contains("2 pictures make no batch of at least 2", Assert.Throws<BadInputException>(() => new BucketPlan([0, 1], InOrder with { SmallestBatch = 2 }, new Seed(1))).Message, StringComparison.Ordinal);
}
