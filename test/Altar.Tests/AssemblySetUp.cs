using Altar.Tensors;

// Tests count live tensors, which is one number for the whole process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Altar.Tests.AssemblySetUp))]

namespace Altar.Tests;

/// <summary>Runs once before all tests.</summary>
public sealed class AssemblySetUp
{
    public AssemblySetUp()
    {
        NativeLibraries.Prepare();
        TorchSharp.torch.set_num_threads(1);   // two that wait for each other on a busy machine take many times as long
    }
}
