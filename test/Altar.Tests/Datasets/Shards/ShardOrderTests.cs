using Altar.Datasets.Shards;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Shards;

public class ShardOrderTests
{
    private static ShardOrder Of(int[][] sets, int buffer = 5, int rank = 0, int world = 1, bool shuffles = true, double[]? weights = null) =>
        new(sets, weights, new ShardReadOptions { Buffer = buffer, Rank = rank, World = world }, shuffles, new Seed(2));

    private static List<int> Delivered(ShardOrder order, int epoch)
    {
        var delivery = order.Delivery(epoch);
        var numbers = new List<int>();
        while (delivery.MoveNext()) numbers.Add(delivery.Current.Number);
        return numbers;
    }

    [Fact]
    public void In_order_the_numbers_ascend()
    {
        var order = Of([[3, 2], [4]], shuffles: false);

        Assert.Equal(Enumerable.Range(0, 9), Delivered(order, 3));
        Assert.Equal(["0/0/0", "0/0/1", "0/0/2", "0/1/0", "0/1/1", "1/0/0", "1/0/1", "1/0/2", "1/0/3"], order.Reading(0).Select(step => $"{step.Set}/{step.Shard}/{step.Position}"));
    }

    [Fact]
    public void An_epoch_delivers_every_sample_once_in_an_order_of_its_own()
    {
        var order = Of([[10, 10, 7]]);

        Assert.Equal(Enumerable.Range(0, 27), Delivered(order, 1).Order());
        Assert.NotEqual(Delivered(order, 1), Delivered(order, 2));
        Assert.Equal(Delivered(order, 1), Delivered(Of([[10, 10, 7]]), 1));
    }

    [Fact]
    public void A_shard_is_read_from_front_to_back()
    {
        var shards = Of([[4, 4, 4]]).Reading(5).Chunk(4).ToList();

        Assert.All(shards, shard => Assert.Equal([0, 1, 2, 3], shard.Select(step => step.Position)));
        Assert.Equal([0, 1, 2], shards.Select(shard => shard[0].Shard).Order());
    }

    [Fact]
    public void The_buffer_bounds_how_much_is_read_ahead()
    {
        var delivery = Of([[50, 50]], buffer: 8).Delivery(1);
        for (var delivered = 0; delivery.MoveNext(); delivered++)
        {
            Assert.InRange(delivery.Read - delivered, 1, 8);
            Assert.True(delivery.Current.Step < delivery.Read);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Ranks_share_an_epoch_without_repeats(int world)
    {
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var parts = Enumerable.Range(0, world).Select(rank => Delivered(Of([[10, 10, 10], [5]], rank: rank, world: world), epoch)).ToList();

            Assert.All(parts, part => Assert.Equal(parts[0].Count, part.Count));   // as many steps on every rank
            Assert.InRange(35 - parts.Sum(part => part.Count), 0, 2 * (world - 1));
            Assert.Distinct(parts.SelectMany(part => part));
        }
    }

    [Fact]
    public void In_order_the_ranks_leave_nothing_out()
    {
        var parts = Enumerable.Range(0, 3).SelectMany(rank => Delivered(Of([[4, 4]], rank: rank, world: 3, shuffles: false), 0));

        Assert.Equal(Enumerable.Range(0, 8), parts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(26)]
    public void What_is_read_after_resuming_is_what_was_not_delivered(int delivered)
    {
        var order = Of([[10, 10, 7]]);
        var rest = Delivered(order, 1).Skip(delivered);

        Assert.Equal(rest.Order(), order.Reading(1, delivered).Select(step => step.Number).Order());
        Assert.Equal(order.Reading(1, delivered).Select(step => step.Step).Order(), order.Reading(1, delivered).Select(step => step.Step));
    }

    [Fact]
    public void Sets_are_read_side_by_side_in_proportion()
    {
        var reading = Of([[30], [10]]).Reading(0).Select(step => step.Set).ToList();

        Assert.All(reading.Chunk(4), four => Assert.Equal(1, four.Sum()));
    }

    [Fact]
    public void Weights_are_shares_and_rounds_run_on()
    {
        int[][] sets = [[30], [5, 5]];
        var order = Of(sets, weights: [1, 1]);
        var small = Enumerable.Range(0, 3).SelectMany(epoch => order.Reading(epoch)).Where(step => step.Set == 1).ToList();

        Assert.Equal(60, small.Count);                                                      // 20 of 40, three times
        Assert.All(small.GroupBy(step => step.Number), visits => Assert.Equal([0, 1, 2, 3, 4, 5], visits.Select(step => step.Round)));
    }
}
