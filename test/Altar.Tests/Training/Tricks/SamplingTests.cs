using Altar.Batching;
using Altar.Tensors;
using Altar.Training.Tricks;

namespace Altar.Tests.Training.Tricks;

public class SamplingTests
{
    // Six of class 0, two of class 1, one without a class.
    private static readonly int[] Labels = [0, 0, 0, 0, 0, 0, 1, 1, -1];

    [Fact]
    public void A_balanced_epoch_has_as_many_of_each_class()
    {
        var order = ClassOrder.Balanced(Labels, new Seed(1));

        Assert.Equal(8, order(0).Count);
        for (var epoch = 0; epoch < 6; epoch++) Assert.Equal(4, order(epoch).Count(sample => Labels[sample] == 1));
        Assert.Equal([2, 2], order(0).Where(sample => Labels[sample] == 1).CountBy(sample => sample).Select(count => count.Value));
    }

    [Fact]
    public void A_large_class_is_gone_through_before_any_of_it_comes_again()
    {
        var order = ClassOrder.Balanced(Labels, new Seed(1));
        var drawn = Enumerable.Range(0, 3).SelectMany(order.Invoke).Where(sample => Labels[sample] == 0).CountBy(sample => sample);

        Assert.All(drawn, count => Assert.Equal(2, count.Value));   // three epochs of four are two rounds of six
        Assert.Equal(6, drawn.Count());
    }

    [Fact]
    public void An_order_is_the_same_for_the_same_epoch()
    {
        EpochOrder[] orders = [ClassOrder.Balanced(Labels, new Seed(1)), ClassOrder.Repeated(Labels, new Seed(1), least: 4, copies: 100)];

        Assert.All(orders, order => Assert.Equal(order(3), order(3)));
        Assert.All(orders, order => Assert.NotEqual(order(3), order(4)));
    }

    [Fact]
    public void Rare_classes_are_repeated_and_large_ones_kept()
    {
        var order = ClassOrder.Repeated(Labels, new Seed(1), least: 4, copies: 100)(0);

        Assert.Equal((6, 4, 1), (order.Count(sample => sample < 6), order.Count(sample => sample is 6 or 7), order.Count(sample => sample == 8)));
    }

    [Fact]
    public void While_no_loss_is_known_each_sample_comes_once()
    {
        Assert.Equal([0, 1, 2, 3], LossOrder.Draw([float.NaN, float.NaN, float.NaN, float.NaN], 0.3, new Seed(1).ToRandom()).Order());
    }

    [Fact]
    public void A_sample_comes_as_often_as_its_loss_says()
    {
        // Ten samples, all even part 0.5: the one with half of the loss is expected 0.5 + 0.5 * 10 / 2 = 3 times, the others 7/9 times.
        float[] losses = [9, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        var epochs = Enumerable.Range(0, 300).Select(seed => LossOrder.Draw(losses, 0.5, new Seed((ulong)seed).ToRandom())).ToList();

        Assert.All(epochs, epoch => Assert.Equal(10, epoch.Count));
        Assert.All(epochs, epoch => Assert.Equal(3, epoch.Count(sample => sample == 0)));
        Assert.All(Enumerable.Range(1, 9), sample => Assert.Equal(7.0 / 9, epochs.Average(epoch => epoch.Count(one => one == sample)), 0.12));
    }

    [Fact]
    public void A_loss_that_is_not_known_or_not_finite_counts_as_the_mean()
    {
        var epochs = Enumerable.Range(0, 400).Select(seed => LossOrder.Draw([4, 2, float.NaN, float.PositiveInfinity], 0.01, new Seed((ulong)seed).ToRandom())).ToList();

        // Losses 4, 2, 3, 3.
        Assert.Equal([4 / 3.0, 2 / 3.0, 1, 1], Enumerable.Range(0, 4).Select(sample => epochs.Average(epoch => epoch.Count(one => one == sample))), (one, other) => Math.Abs(one - other) < 0.1);
    }
}
