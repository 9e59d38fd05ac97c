using Altar.Tensors;

namespace Altar.Tests.Tensors;

public class DeviceChoiceTests
{
    [Theory]
    [InlineData("cpu", 1, null)]
    [InlineData("auto", 0, null)]
    [InlineData("auto", 2, 0)]
    [InlineData("CUDA", 1, 0)]
    [InlineData("cuda:1", 2, 1)]
    public void A_name_becomes_the_cpu_or_a_gpu(string text, int gpus, int? gpu) => Assert.Equal(gpu, DeviceChoice.Gpu(text, gpus));

    [Fact]
    public void The_cpu_is_always_there() => Assert.Equal("cpu", DeviceChoice.Parse("cpu").ToString());

    [Theory]
    [InlineData("gpu", 1, "'gpu' is no device; write auto, cpu, or cuda:0.")]
    [InlineData("cuda:x", 1, "'cuda:x' is no device; write auto, cpu, or cuda:0.")]
    [InlineData("cuda:0", 0, "cuda:0 was asked for, but no CUDA GPU can be used here; write auto or cpu, and see altar doctor for the cause.")]
    [InlineData("cuda:2", 2, "cuda:2 was asked for, but the GPUs here are cuda:0 to cuda:1.")]
    public void What_is_not_there_is_bad_input(string text, int gpus, string message) =>
        Assert.Equal(message, Assert.Throws<BadInputException>(() => DeviceChoice.Gpu(text, gpus)).Message);
}
