using Altar.Batching;
using Altar.Images;
using Altar.Tensors;
using Altar.Tests.Networks;
using static TorchSharp.torch;

namespace Altar.Tests.Batching;

public class BucketedLoaderTests
{
    private static readonly ShapeBuckets Buckets = new([new PixelSize(2, 2), new PixelSize(3, 2), new PixelSize(2, 3)]);

    // 0: square, 1: wide, 2: tall, and so on; sample 4 cannot be read.
    private static readonly IReadOnlyList<PixelSize?> Sizes =
        [.. Enumerable.Range(0, 11).Select(sample => sample == 4 ? (PixelSize?)null : (sample % 3) switch { 0 => new PixelSize(9, 9), 1 => new PixelSize(9, 6), _ => new PixelSize(6, 9) })];

    /// <summary>Inputs full of the sample's number; the target is ten times the number.</summary>
    private sealed class ShapedNumbers(PixelSize size) : ISampleSource
    {
        public int Count => Sizes.Count;

        public PixelSize Size => size;

        public int Channels => 3;

        public IReadOnlyList<long> TargetShape => [];

        public bool TryFill(int sample, Seed chance, Span<float> input, Span<long> target)
        {
            input.Fill(sample + (chance.ToRandom().NextSingle() / 2));
            target[0] = 10 * sample;
            return sample != 7;
        }
    }

    private static BucketedLoader Loader(int threads, bool shuffles) =>
        new(Sizes, Buckets, size => new ShapedNumbers(size), new BatchOptions { Batch = 2, Shuffles = shuffles, Threads = threads }, new Seed(4));

    private static List<string> Take(IEnumerable<Batch> batches)
    {
        var seen = new List<string>();
        foreach (var batch in batches)
        {
            using (batch)
            using (var inputs = batch.Images.contiguous())
            {
                var values = inputs.data<float>().ToArray();
                Assert.Equal(batch.Samples, values.Chunk(values.Length / batch.Samples.Count).Select(one => (int)one.Min()));
                Assert.Equal(batch.Samples, values.Chunk(values.Length / batch.Samples.Count).Select(one => (int)one.Max()));
                seen.Add($"{batch.Index} {string.Join('x', batch.Images.shape)}: {string.Join(' ', batch.Samples)} {values.Sum()}");
            }
        }

        return seen;
    }

    [Fact]
    public void Every_batch_has_the_shape_of_its_pictures()
    {
        using var loader = Loader(threads: 2, shuffles: false);
        var seen = Take(loader.Epoch(0)).Select(line => line[..line.LastIndexOf(' ')]);

        //    N C H W
        Assert.Equal(["0 2x3x2x2: 0 3", "1 2x3x3x2: 2 5", "2 1x3x2x3: 1", "3 2x3x2x2: 6 9", "4 1x3x2x3: 10", "5 1x3x3x2: 8"], seen);   // 7 is damaged
    }

    [Fact]
    public void Batches_are_the_same_for_any_number_of_threads_and_after_resuming()
    {
        using var one = Loader(threads: 1, shuffles: true);
        using var four = Loader(threads: 4, shuffles: true);
        using var resumed = Loader(threads: 2, shuffles: true);
        var whole = Take(one.Epoch(2));

        Assert.Equal(whole, Take(four.Epoch(2)));
        Assert.Equal(whole.Where(line => line[0] >= '3'), Take(resumed.Epoch(2, firstBatch: 3)));
    }

    [Fact]
    public void The_order_of_the_samples_is_restored()
    {
        using var loader = Loader(threads: 2, shuffles: false);
        var restored = SampleOrder.Restore(loader.Epoch(0).SelectMany(batch =>
        {
            using (batch) return batch.Samples.Zip(batch.Labels.data<long>().ToArray()).ToList();
        }));

        Assert.Equal([0, 10, 20, 30, 50, 60, 80, 90, 100], restored);   // without 4 and 7
    }

    [Fact]
    public void What_is_in_order_is_given_on_at_once()
    {
        var given = new List<int>();
        IEnumerable<(int, int)> Items()
        {
            foreach (var sample in (int[])[1, 0, 3])
            {
                yield return (sample, sample);
                given.Add(-1);
            }
        }

        foreach (var item in SampleOrder.Restore(Items())) given.Add(item);

        Assert.Equal([-1, 0, 1, -1, -1, 3], given);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        var before = LiveTensors.Count();
        using (var loader = Loader(threads: 2, shuffles: true))
        {
            _ = Take(loader.Epoch(0, preparesNext: true));
            foreach (var batch in loader.Epoch(1))
            {
                batch.Dispose();
                break;
            }
        }

        Assert.Equal(before, Tensor.TotalCount);
    }
}
