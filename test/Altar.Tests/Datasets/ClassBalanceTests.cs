using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class ClassBalanceTests
{
    [Fact]
    public void Inverse_frequencies_have_the_mean_one()
    {
        // 1/100, 1/50, 1/20 are 1, 2, 5 hundredths; their mean is 8/3.
        Assert.Equal([3 / 8.0, 6 / 8.0, 15 / 8.0, 0], ClassBalance.InverseFrequency([100, 50, 20, 0]), Close);
    }

    [Fact]
    public void The_effective_number_lies_between_equal_weights_and_inverse_frequencies()
    {
        // beta = 1/2: effective numbers 1, 3/2, 7/4; inverses 1, 2/3, 4/7, whose mean is 47/63.
        Assert.Equal([63 / 47.0, 42 / 47.0, 36 / 47.0], ClassBalance.EffectiveNumber([1, 2, 3], 0.5), Close);
        Assert.Equal([1, 1], ClassBalance.EffectiveNumber([7, 900], 0), Close);
        Assert.Equal(ClassBalance.InverseFrequency([7, 900]), ClassBalance.EffectiveNumber([7, 900], 1 - 1e-9), (one, other) => Math.Abs(one - other) < 1e-4);
    }

    [Fact]
    public void Counts_pass_over_missing_labels() =>
        Assert.Equal([2, 0, 1], ClassBalance.Counts([0, 2, -1, 0], 3));

    [Fact]
    public void Rare_classes_are_repeated_up_to_the_least()
    {
        int[] labels = [.. Enumerable.Repeat(0, 600), .. Enumerable.Repeat(1, 200), .. Enumerable.Repeat(2, 3), -1];

        var epoch = ClassBalance.Repeated(labels, new Seed(1));

        Assert.Equal([600, 500, 300], ClassBalance.Counts([.. epoch.Select(index => labels[index])], 3));       // 3 samples, 100 copies at most
        Assert.Single(epoch, index => labels[index] == -1);
        Assert.Equal(labels.Length, epoch.Distinct().Count());
        Assert.Equal(100, epoch.Count(index => index == 801));
        Assert.Equal([2, 3], epoch.Where(index => labels[index] == 1).CountBy(index => index).Select(seen => seen.Value).Distinct().Order());
    }

    [Fact]
    public void The_order_is_decided_by_the_seed()
    {
        int[] labels = [0, 0, 0, 1];

        Assert.Equal(ClassBalance.Repeated(labels, new Seed(1), least: 5), ClassBalance.Repeated(labels, new Seed(1), least: 5));
        Assert.NotEqual(ClassBalance.Repeated(labels, new Seed(1), least: 5), ClassBalance.Repeated(labels, new Seed(2), least: 5));
    }

    private static bool Close(double one, double other) => Math.Abs(one - other) < 1e-12;
}
