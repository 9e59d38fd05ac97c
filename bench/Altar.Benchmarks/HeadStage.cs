using System.Diagnostics;
using Altar.Augmentation;
using Altar.Metrics;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Benchmarks;

/// <summary>A head-only stage with reused features against the same stage without, in turn: time, and the difference of the heads.</summary>
internal static class HeadStage
{
    private const int Epochs = 4;

    public static void Run(string name)
    {
        NativeLibraries.Prepare();
        var (train, val) = (ClothingPhotos.Open("train.csv"), ClothingPhotos.Open("val.csv"));
        var (reused, reusedHead) = Train(name, caches: true);
        var (computed, computedHead) = Train(name, caches: false);

        Console.WriteLine($"{name}, {Epochs} head epochs over {train.Samples.Count} photos with a validation after each: features reused {reused:F1} s, computed in every epoch {computed:F1} s, ratio {computed / reused:F2}");
        Console.WriteLine($"greatest difference of a head weight: {reusedHead.Zip(computedHead, (a, b) => Math.Abs(a - b)).Max():E1}");

        (double Seconds, float[] Head) Train(string network, bool caches)
        {
            using var model = ClothingPhotos.Network(network, train.Classes.Count);
            var opener = ClothingPhotos.Opener(model, train, val) with { CachesFeatures = caches };
            Stage[] stages = [new() { Learns = "head", Epochs = Epochs, Norm = NormPolicy.Frozen, Augment = AugmentationOptions.None }];
            var clock = Stopwatch.StartNew();
            new Trainer(stages, state => opener.Open(stages[0], 0), Metric.LogLoss, []).Fit(new TrainingState(), default);
            return (clock.Elapsed.TotalSeconds, Head(model));
        }
    }

    private static float[] Head(Classifier network)
    {
        using var weight = network.state_dict().First(entry => entry.Key == network.HeadPrefix + "weight").Value.detach().contiguous();
        return weight.data<float>().ToArray();
    }
}
