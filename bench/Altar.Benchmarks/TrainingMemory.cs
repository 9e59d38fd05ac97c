using Altar.Augmentation;
using Altar.Tensors;
using Altar.Training;
using static TorchSharp.torch;

namespace Altar.Benchmarks;

/// <summary>Two hundred steps on real photos: live tensors, memory, and the time that training waited for the loader.</summary>
internal static class TrainingMemory
{
    private const int Steps = 200, Batch = 32;

    public static void Run(string network)
    {
        NativeLibraries.Prepare();
        var set = ClothingPhotos.Open("train.csv");
        using var model = ClothingPhotos.Network(network, set.Classes.Count);
        using var session = ClothingPhotos.Opener(model, set, set).Open(new Stage { Batch = Batch, Epochs = 100, Augment = AugmentationOptions.Hard }, 0);
        session.BeginEpoch();
        Measure(session);
    }

    private static void Measure(StageSession session)
    {
        var (memory, tensors) = (new List<double>(), new List<long>());
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var epoch = 0; memory.Count < Steps; epoch++)
        {
            foreach (var batch in session.Training.Epoch(epoch, preparesNext: true))
            {
                using (batch) session.Step.Run(batch.Images, batch.Labels, 0.001, new Seed(1));
                memory.Add(ProcessMemory.Now() / 1048576.0);
                tensors.Add(Tensor.TotalCount);
                if (memory.Count == Steps) break;
            }
        }

        var seconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine($"live tensors after step 50: {tensors[49]}, after step {Steps}: {tensors[^1]}");
        Console.WriteLine($"resident memory after step 50: {memory[49]:F0} MiB, after step {Steps}: {memory[^1]:F0} MiB, {(memory[^1] / memory[49] - 1) * 100:F2} % more; peak {ProcessMemory.Peak() / 1048576.0:F0} MiB");
        Console.WriteLine($"{Steps * Batch / seconds:F1} pictures a second; waited for the loader {session.Training.Waited.TotalSeconds / seconds * 100:F2} % of the time");
    }
}
