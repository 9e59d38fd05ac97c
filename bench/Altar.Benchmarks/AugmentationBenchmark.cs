using Altar.Augmentation.Kernels;
using BenchmarkDotNet.Attributes;

namespace Altar.Benchmarks;

/// <summary>Times are for one picture. Run with ALTAR_DATA set: dotnet run -c Release --project bench/Altar.Benchmarks -- --filter '*Augmentation*'</summary>
public class AugmentationBenchmark : IDisposable
{
    private const int Pictures = 100;
    private AugmentationWork _work = null!;

    [GlobalSetup]
    public void SetUp() => _work = new AugmentationWork(Pictures);

    [GlobalCleanup]
    public void Dispose()
    {
        _work.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Pictures)]
    public void OpenCvCallByCall() => _work.OpenCvCallByCall();

    [Benchmark(OperationsPerInvoke = Pictures)]
    public void Vectors512() => _work.Augment(VectorWidth.Bits512);

    [Benchmark(OperationsPerInvoke = Pictures)]
    public void Vectors256() => _work.Augment(VectorWidth.Bits256);

    [Benchmark(OperationsPerInvoke = Pictures)]
    public void Vectors128() => _work.Augment(VectorWidth.Bits128);

    [Benchmark(OperationsPerInvoke = Pictures)]
    public void Plain() => _work.Augment(VectorWidth.Plain);

    [Benchmark(OperationsPerInvoke = Pictures)]
    public void Decode() => _work.Decode();

    [Benchmark(OperationsPerInvoke = Pictures)]
    public void DecodeAndAugment() => _work.DecodeAndAugment(Augmentation.Augmenter.Widest());
}
