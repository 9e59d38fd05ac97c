using static TorchSharp.torch;

namespace Altar.Tests.Networks;

/// <summary>Counts tensors for tests of leaks.</summary>
internal static class LiveTensors
{
    /// <summary>Tensors of the process, after what earlier tests left to the collector is gone.</summary>
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
