using Altar.Batching;
using Altar.Tensors;
using Altar.Tests.Networks;
using static TorchSharp.torch;

namespace Altar.Tests.Batching;

public class BatchLoaderTests
{
    private static readonly BatchOptions InOrder = new() { Batch = 4, Shuffles = false, Threads = 2 };

    private sealed record Seen(int Epoch, int Index, int[] Samples, float[] Inputs, long[] Labels);

    private static List<Seen> Take(IEnumerable<Batch> batches)
    {
        var seen = new List<Seen>();
        foreach (var batch in batches)
        {
            using (batch)
            using (var inputs = batch.Images.contiguous())
            {
                seen.Add(new Seen(batch.Epoch, batch.Index, [.. batch.Samples], inputs.data<float>().ToArray(), batch.Labels.data<long>().ToArray()));
            }
        }

        return seen;
    }

    private static void AssertEqual(List<Seen> expected, List<Seen> actual)
    {
        Assert.Equal(expected.Select(batch => (batch.Epoch, batch.Index)), actual.Select(batch => (batch.Epoch, batch.Index)));
        Assert.Equal(expected.SelectMany(batch => batch.Samples), actual.SelectMany(batch => batch.Samples));
        Assert.Equal(expected.SelectMany(batch => batch.Inputs), actual.SelectMany(batch => batch.Inputs));
        Assert.Equal(expected.SelectMany(batch => batch.Labels), actual.SelectMany(batch => batch.Labels));
    }

    private static List<Seen> TwoEpochs(int threads)
    {
        // Later samples of a batch are ready sooner: order must come from the plan.
        var source = new NumberSource(50) { BeforeFill = sample => Thread.Sleep(sample % 3), Damaged = new HashSet<int> { 7, 30 } };
        using var loader = new BatchLoader(source, new BatchOptions { Batch = 8, Threads = threads }, new Seed(3));
        return [.. Take(loader.Epoch(1, preparesNext: true)), .. Take(loader.Epoch(2))];
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Batches_are_the_same_for_any_number_of_threads(int threads) => AssertEqual(TwoEpochs(1), TwoEpochs(threads));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(2, 7)]
    public void A_resumed_epoch_continues_with_the_batches_of_the_whole_one(int epoch, int firstBatch)
    {
        using var whole = new BatchLoader(new NumberSource(50), new BatchOptions { Batch = 8 }, new Seed(3));
        _ = Take(whole.Epoch(1, preparesNext: true));
        var expected = Take(whole.Epoch(epoch)).Skip(firstBatch).ToList();

        using var resumed = new BatchLoader(new NumberSource(50), new BatchOptions { Batch = 8 }, new Seed(3));

        AssertEqual(expected, Take(resumed.Epoch(epoch, firstBatch)));
    }

    [Fact]
    public void An_epoch_that_was_left_can_be_entered_where_it_was_left()
    {
        using var loader = new BatchLoader(new NumberSource(12), InOrder, new Seed(1));
        foreach (var batch in loader.Epoch(1))
        {
            batch.Dispose();
            break;
        }

        Assert.Equal([1, 2], Take(loader.Epoch(1, firstBatch: 1)).Select(batch => batch.Index));
    }

    [Fact]
    public void Inputs_are_channels_last_and_labels_whole_numbers()
    {
        using var loader = new BatchLoader(new NumberSource(2), InOrder, new Seed(1));
        using var batch = loader.Epoch(1).Single();
        using var scope = NewDisposeScope();

        Assert.Equal([2, 3, 1, 2], batch.Images.shape);                 // N, C, H, W
        Assert.Equal([6, 1, 6, 3], batch.Images.stride());
        Assert.Equal([0f, 1f], batch.Images[.., 0, 0, 0].data<float>().ToArray());
        Assert.Equal([0L, 10L], batch.Labels.data<long>().ToArray());
        Assert.Equal(ScalarType.Int64, batch.Labels.dtype);
    }

    [Fact]
    public void A_damaged_sample_leaves_no_gap_in_its_batch()
    {
        using var loader = new BatchLoader(new NumberSource(8) { Damaged = new HashSet<int> { 1, 4, 5, 6, 7 } }, InOrder, new Seed(1));

        var batch = Assert.Single(Take(loader.Epoch(1)));               // the second batch has nothing left

        Assert.Equal([0, 2, 3], batch.Samples);
        Assert.Equal([0L, 20L, 30L], batch.Labels);
        Assert.Equal([0f, 2f, 3f], batch.Inputs.Where((_, i) => i % 6 == 0));
    }

    [Fact]
    public void Memory_is_used_again_but_never_while_its_batch_is_alive()
    {
        using var loader = new BatchLoader(new NumberSource(40), InOrder with { Batch = 2, Ahead = 1 }, new Seed(1));

        var all = loader.Epoch(1).ToList();                             // held all at once: no standstill

        Assert.Equal(Enumerable.Range(0, 40).Select(sample => 10L * sample), all.SelectMany(batch => batch.Labels.data<long>().ToArray()));
        all.ForEach(batch => batch.Dispose());
    }

    [Fact]
    public void No_tensor_is_left_behind_even_by_an_epoch_that_was_left()
    {
        var before = LiveTensors.Count();
        using (var loader = new BatchLoader(new NumberSource(40), InOrder, new Seed(1)))
        {
            _ = Take(loader.Epoch(1));
            foreach (var batch in loader.Epoch(2, preparesNext: true))
            {
                batch.Dispose();
                if (batch.Index == 2) break;
            }
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_scope_of_the_consumer_does_not_free_what_the_loader_keeps()
    {
        using var loader = new BatchLoader(new NumberSource(12), InOrder, new Seed(1));
        var labels = new List<long>();
        using var batches = loader.Epoch(1).GetEnumerator();
        while (true)
        {
            using var scope = NewDisposeScope();
            if (!batches.MoveNext()) break;
            using var batch = batches.Current;
            labels.AddRange(batch.Labels.data<long>().ToArray());
        }

        Assert.Equal(Enumerable.Range(0, 12).Select(sample => 10L * sample), labels);
    }

    [Fact]
    public void An_error_of_a_thread_reaches_the_consumer()
    {
        var source = new NumberSource(40) { BeforeFill = sample => { if (sample == 9) throw new BadInputException("too many damaged pictures"); } };
        var before = LiveTensors.Count();
        using (var loader = new BatchLoader(source, InOrder, new Seed(1)))
        {
            var error = Assert.Throws<BadInputException>(() => Take(loader.Epoch(1)));
            Assert.Equal("too many damaged pictures", error.Message);
            Assert.Throws<BadInputException>(() => Take(loader.Epoch(1)));   // and again, from a new start
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Cancelling_ends_the_wait_for_a_batch()
    {
        using var cancel = new CancellationTokenSource();
        using var finish = new ManualResetEventSlim();
        var source = new NumberSource(8) { BeforeFill = _ => { cancel.Cancel(); finish.Wait(); } };
        using var loader = new BatchLoader(source, InOrder, new Seed(1));

        Assert.Throws<OperationCanceledException>(() => Take(loader.Epoch(1, cancel: cancel.Token)));
        finish.Set();

        Assert.Equal([0, 1], Take(loader.Epoch(1)).Select(batch => batch.Index));
    }

    [Fact]
    public void The_next_epoch_is_begun_only_where_asked()
    {
        var source = new NumberSource(8);
        using (var loader = new BatchLoader(source, InOrder, new Seed(1)))
        {
            _ = Take(loader.Epoch(1));
            Assert.Equal(8, source.Fills);
            _ = Take(loader.Epoch(2, preparesNext: true));
            Assert.True(SpinWait.SpinUntil(() => source.Fills == 24, TimeSpan.FromMinutes(1)), "The third epoch was not begun.");
            _ = Take(loader.Epoch(3));
        }

        Assert.Equal(24, source.Fills);                                 // prepared once, not twice
    }

    [Fact]
    public void Waiting_is_a_part_of_the_time_it_took()
    {
        using var loader = new BatchLoader(new NumberSource(8) { BeforeFill = _ => Thread.Sleep(2) }, InOrder, new Seed(1));
        _ = Take(loader.Epoch(1));

        Assert.InRange(loader.Waited, TimeSpan.FromMilliseconds(2), loader.Wall);
    }
}
