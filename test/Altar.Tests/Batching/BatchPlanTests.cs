using Altar.Batching;
using Altar.Tensors;

namespace Altar.Tests.Batching;

public class BatchPlanTests
{
    [Theory]
    [InlineData(1, 3)]    // 4, 4, 1
    [InlineData(2, 2)]    // the single last picture is dropped
    [InlineData(4, 2)]
    public void A_last_batch_that_is_too_small_is_dropped(int smallest, int batches) =>
        Assert.Equal(batches, new BatchPlan(9, new BatchOptions { Batch = 4, SmallestBatch = smallest }, new Seed(1)).BatchesPerEpoch);

    [Fact]
    public void An_epoch_visits_every_sample_once_in_an_order_of_its_own()
    {
        var plan = new BatchPlan(100, new BatchOptions(), new Seed(1));

        Assert.Equal(Enumerable.Range(0, 100), plan.Order(1).Order());
        Assert.NotEqual(Enumerable.Range(0, 100), plan.Order(1));
        Assert.NotEqual(plan.Order(1), plan.Order(2));
        Assert.Equal(plan.Order(2), new BatchPlan(100, new BatchOptions(), new Seed(1)).Order(2));
    }

    [Fact]
    public void Without_shuffling_the_order_is_that_of_the_source() =>
        Assert.Equal([0, 1, 2], new BatchPlan(3, new BatchOptions { Shuffles = false }, new Seed(1)).Order(5));

    [Fact]
    public void A_view_belongs_to_epoch_and_sample()
    {
        var plan = new BatchPlan(3, new BatchOptions(), new Seed(1));

        Assert.Equal(plan.View(2, 1), plan.View(2, 1));
        Assert.Equal(6, new[] { plan.View(1, 0), plan.View(1, 1), plan.View(1, 2), plan.View(2, 0), plan.View(2, 1), plan.View(2, 2) }.Distinct().Count());
    }

    [Fact]
    public void Too_few_pictures_for_one_batch_are_bad_input()
    {
        var error = Assert.Throws<BadInputException>(() => new BatchPlan(1, new BatchOptions { SmallestBatch = 2 }, new Seed(1)));

        Assert.Equal("1 pictures make no batch of at least 2; add pictures or lower the batch size.", error.Message);
    }
}
