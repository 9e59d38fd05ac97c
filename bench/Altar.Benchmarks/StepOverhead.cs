using System.Diagnostics;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Optimizers;
using static TorchSharp.torch;

namespace Altar.Benchmarks;

/// <summary>The product's step against a bare TorchSharp loop with the same layout, allocator and ready batch, in turn.</summary>
internal static class StepOverhead
{
    private const int Rounds = 7, StepsPerRound = 4, Batch = 32;

    /// <param name="network">Name of the network.</param>
    /// <param name="tunesAllocator">False leaves glibc's allocator as it is, to see what tuning it brings.</param>
    public static void Run(string network, bool tunesAllocator = true)
    {
        if (tunesAllocator) NativeLibraries.Prepare();
        using var images = ChannelsLast.Of(randn(Batch, 3, 224, 224));
        using var labels = arange(Batch, dtype: ScalarType.Int64).remainder(10);
        using var ours = Make(network);
        using var bare = Make(network);
        using var sgd = optim.SGD(bare.parameters(), 0.01, 0.9, weight_decay: 1e-4);
        using var optimizer = new Sgd(LearningParts.Choose(ours, new Stage()), 0.9, nesterov: false);
        var step = new TrainStep(ours, new ClassificationTask(["a"]).ObjectiveOf(new Stage()), optimizer, headOnly: false);

        var (ourTimes, bareTimes) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var mine = Time(() => step.Run(images, labels, 0.01, new Seed(1)).Loss);
            var theirs = Time(() => BareStep(bare, sgd, images, labels));
            if (round < 0) continue;   // warm-up
            ourTimes.Add(mine);
            bareTimes.Add(theirs);
        }

        var ratios = ourTimes.Zip(bareTimes, (a, b) => a / b).Order().ToList();
        Console.WriteLine($"{network}, batch {Batch} at 224, {get_num_threads()} threads: allocator {(tunesAllocator ? "tuned" : "as it is")}: step {Median(ourTimes):F1} ms ({Batch * 1000 / Median(ourTimes):F1} pictures a second), bare loop {Median(bareTimes):F1} ms");
        Console.WriteLine($"peak memory {ProcessMemory.Peak() / 1048576.0:F0} MiB");
        Console.WriteLine($"ratio in turn: median {ratios[Rounds / 2]:F3}, from {ratios[0]:F3} to {ratios[^1]:F3}");
    }

    private static Classifier Make(string network)
    {
        var made = NetworkCatalog.Create(network, 10, seed: new Seed(1));
        ChannelsLast.Convert(made);
        made.train();
        return made;
    }

    private static double BareStep(Classifier network, optim.Optimizer sgd, Tensor images, Tensor labels)
    {
        using var scope = NewDisposeScope();
        sgd.zero_grad();
        var loss = nn.functional.cross_entropy(network.call(images), labels);
        loss.backward();
        sgd.step();
        return loss.item<float>();
    }

    private static double Time(Func<double> step)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < StepsPerRound; i++) step();
        return clock.Elapsed.TotalMilliseconds / StepsPerRound;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
