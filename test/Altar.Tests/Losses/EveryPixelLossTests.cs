using Altar.Losses;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Losses;

/// <summary>What holds of every named loss: it equals the slow one, its gradient is the slope, and nothing to judge is 0.</summary>
public sealed class EveryPixelLossTests : IDisposable
{
    private const int Samples = 3, Height = 4, Width = 5;

    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string, int, bool> Cases()
    {
        var cases = new TheoryData<string, int, bool>();
        foreach (var entry in LossCatalog.Entries)
        {
            foreach (var channels in new[] { 1, 3 }.Where(channels => channels >= entry.FewestChannels))
            {
                cases.Add(entry.Name, channels, false);
                cases.Add(entry.Name, channels, true);
            }
        }

        return cases;
    }

    public void Dispose() => _scope.Dispose();

    [Theory, MemberData(nameof(Cases))]
    public void It_equals_the_loss_written_out_in_loops(string name, int channels, bool weighted)
    {
        var (logits, target) = Random(channels);
        var slow = new SlowPixelLosses(logits, target, weighted ? Weights(channels) : null);
        var loss = Loss(name, channels, weighted);

        Assert.Equal(slow.OfBatch(name), loss.Mean(Logits(logits), Target(target)).item<double>(), 1e-9);
        Assert.Equal(
            Enumerable.Range(0, Samples).Select(sample => Math.Round(slow.OfSample(name, sample), 7)),
            loss.EachSample(Logits(logits), Target(target)).data<double>().Select(value => Math.Round(value, 7)));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Its_gradient_is_the_slope(string name, int channels, bool weighted)
    {
        const double Step = 1e-6;
        var (logits, target) = Random(channels);
        var scores = Logits(logits).requires_grad_();
        Loss(name, channels, weighted).Mean(scores, Target(target)).backward();
        var gradient = scores.grad!.data<double>().ToArray();

        for (var at = 0; at < gradient.Length; at += 7)
        {
            var slope = (Moved(at, Step) - Moved(at, -Step)) / (2 * Step);
            Assert.Equal(slope, gradient[at], 1e-6);
        }

        double Moved(int at, double by)
        {
            using var moved = Logits(logits);
            moved.flatten()[at].AddInPlace(by);
            return Loss(name, channels, weighted).Mean(moved, Target(target)).item<double>();
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Ignored_pixels_alone_cost_nothing_and_have_no_gradient(string name, int channels, bool weighted)
    {
        var (logits, _) = Random(channels);
        var scores = Logits(logits).to(ScalarType.Float32).detach().requires_grad_();
        var ignored = full(new long[] { Samples, Height, Width }, -1, ScalarType.Int64);
        var loss = Loss(name, channels, weighted);

        var batch = loss.Mean(scores, ignored);
        batch.backward();

        // Held in [0, 1], the Carvana Dice of an empty pair is 1.
        Assert.Equal(0, batch.item<float>());
        Assert.All(loss.EachSample(scores, ignored).data<float>().ToArray(), value => Assert.Equal(0, value));
        Assert.All(scores.grad!.data<float>().ToArray(), value => Assert.Equal(0, value));
    }

    [Theory, MemberData(nameof(Cases))]
    public void An_ignored_pixel_changes_nothing(string name, int channels, bool weighted)
    {
        var (logits, target) = Random(channels);
        var (one, other) = (Logits(logits), Logits(logits));
        target[1, 2, 3] = -1;
        for (var k = 0; k < channels; k++) other[1, k, 2, 3].AddInPlace(3 * (k + 1));
        var loss = Loss(name, channels, weighted);

        Assert.Equal(loss.Mean(one, Target(target)).item<double>(), loss.Mean(other, Target(target)).item<double>(), 1e-12);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Without_an_object_and_with_scores_far_out_it_stays_finite(string name, int channels, bool weighted)
    {
        var scores = full(new long[] { Samples, channels, Height, Width }, -60, ScalarType.Float32).requires_grad_();
        var loss = Loss(name, channels, weighted).Mean(scores, zeros(Samples, Height, Width, ScalarType.Int64));
        loss.backward();

        Assert.True(float.IsFinite(loss.item<float>()));
        Assert.True(scores.grad!.isfinite().all().item<bool>());
    }

    [Theory, MemberData(nameof(Cases))]
    public void It_leaves_no_tensor_behind(string name, int channels, bool weighted)
    {
        var (logits, target) = Random(channels);
        var (scores, truth, loss) = (Logits(logits), Target(target), Loss(name, channels, weighted));
        loss.Mean(scores, truth).Dispose();
        var before = Tensor.TotalCount;

        loss.Mean(scores, truth).Dispose();
        loss.EachSample(scores, truth).Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static PixelLoss Loss(string name, int channels, bool weighted) =>
        PixelLoss.From(new Dictionary<string, double> { [name] = 1 }, channels, weighted ? Weights(channels) : null);

    private static double[] Weights(int channels) => channels == 1 ? [2.5] : [0.5, 2, 3];

    // A tenth of the pixels is ignored, and the last class is missing in the first sample.
    private static (double[,,,] Logits, long[,,] Target) Random(int channels)
    {
        var random = new Seed(7).For(channels).ToRandom();
        var (logits, target) = (new double[Samples, channels, Height, Width], new long[Samples, Height, Width]);
        for (var n = 0; n < Samples; n++)
        {
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    for (var k = 0; k < channels; k++) logits[n, k, y, x] = (random.NextDouble() * 4) - 2;
                    target[n, y, x] = random.Next(10) == 0 ? -1 : random.Next(n == 0 ? Math.Max(2, channels - 1) : Math.Max(2, channels));
                }
            }
        }

        return (logits, target);
    }

    private static Tensor Logits(double[,,,] values) => tensor(values);

    private static Tensor Target(long[,,] values) => tensor(values);
}
