using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class SetAsideTests
{
    [Fact]
    public void Five_in_a_hundred_are_tolerated_and_six_stop_the_run()
    {
        var aside = new SetAside();
        for (var i = 0; i < 5; i++) aside.Add($"{i}.jpg", "ends early");
        aside.ThrowIfTooMany(100);

        aside.Add("5.jpg", "no picture");

        var message = Assert.Throws<BadInputException>(() => aside.ThrowIfTooMany(100)).Message;
        Assert.StartsWith("6 of 100 pictures cannot be read", message, StringComparison.Ordinal);
        Assert.Contains("0.jpg (ends early)", message, StringComparison.Ordinal);
        Assert.Contains("and 1 more", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_counts_once_whichever_thread_reports_it()
    {
        var aside = new SetAside();

        Parallel.For(0, 1000, i => aside.Add($"{i % 10}.jpg", "ends early"));

        Assert.Equal(10, aside.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}.jpg"), aside.Items.Select(item => item.Path));
    }
}
