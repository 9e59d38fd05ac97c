using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Tensors;

public class OutOfMemoryTests
{
    [Fact]
    public void What_libtorch_says_of_a_tensor_that_no_machine_can_hold_is_understood()
    {
        var error = Record.Exception(() => zeros(1L << 50));

        Assert.NotNull(error);
        Assert.True(OutOfMemory.Is(error), error.Message);
    }

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.11 GiB")]
    [InlineData("[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 16 bytes.")]
    [InlineData("DefaultCPUAllocator: not enough memory: you tried to allocate 16 bytes.")]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`")]
    public void So_are_the_texts_of_other_devices(string text) => Assert.True(OutOfMemory.Is(new AggregateException(new InvalidOperationException(text))));

    [Fact]
    public void Another_failure_is_none()
    {
        using var one = zeros(2, 3);
        using var other = zeros(2, 3);

        Assert.False(OutOfMemory.Is(Record.Exception(() => one.mm(other))!));
    }
}
