using Altar.Batching;
using Altar.Datasets.Heads;
using Altar.Tensors;

namespace Altar.Tests.Batching;

public class SetMixtureTests
{
    private static SetMixture Of(double? large, double? small) =>
        new([new SetPart("large", 0, 90, large), new SetPart("small", 90, 10, small)], new Seed(3));

    [Fact]
    public void Without_weights_every_sample_comes_once() =>
        Assert.Equal(Enumerable.Range(0, 100), Of(null, null).Order(4).Order());

    [Fact]
    public void Weights_are_shares_of_an_epoch()
    {
        var mixture = Of(3, 1);

        Assert.Equal([75, 25], mixture.Samples);
        Assert.Equal(25, mixture.Order(2).Count(sample => sample >= 90));
    }

    [Fact]
    public void A_set_is_gone_through_before_any_of_its_samples_comes_again()
    {
        var mixture = Of(3, 1);
        var large = Enumerable.Range(0, 6).SelectMany(mixture.Order).Where(sample => sample < 90).GroupBy(sample => sample).ToList();
        var small = mixture.Order(0).Where(sample => sample >= 90).GroupBy(sample => sample).ToList();

        Assert.Equal(90, large.Count);                              // 6 x 75 = 5 x 90: each came five times
        Assert.All(large, visits => Assert.Equal(5, visits.Count()));
        Assert.All(small, visits => Assert.InRange(visits.Count(), 2, 3));
    }

    [Fact]
    public void An_epoch_is_a_function_of_seed_and_number()
    {
        Assert.Equal(Of(3, 1).Order(7), Of(3, 1).Order(7));
        Assert.NotEqual(Of(3, 1).Order(7), Of(3, 1).Order(8));
    }

    [Fact]
    public void Shares_that_do_not_divide_add_up()
    {
        var thirds = new SetMixture([new SetPart("a", 0, 40, 1), new SetPart("b", 40, 40, 1), new SetPart("c", 80, 20, 1)], new Seed(1));

        Assert.Equal([34, 33, 33], thirds.Samples);
    }

    [Fact]
    public void A_loader_gives_two_visits_of_one_sample_different_views()
    {
        var mixture = new SetMixture([new SetPart("a", 0, 9, 1), new SetPart("b", 9, 1, 1)], new Seed(1));
        using var loader = new BatchLoader(new NumberSource(10), new BatchOptions { Batch = 10, Threads = 2 }, new Seed(1), mixture.Order);
        using var batch = loader.Epoch(0).Single();
        using var inputs = batch.Images.contiguous();
        var views = batch.Samples.Zip(inputs.data<float>().ToArray().Chunk(6)).Where(pair => pair.First == 9).Select(pair => pair.Second[1]).ToList();

        Assert.Equal(5, views.Count);
        Assert.Equal(5, views.Distinct().Count());
    }
}
