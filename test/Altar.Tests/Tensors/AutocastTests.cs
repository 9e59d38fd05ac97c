using Altar.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Tests.Tensors;

public class AutocastTests
{
    [Fact]
    public void Products_are_bfloat16_inside_and_floats_outside()
    {
        SkipWhereItIsNotThere();
        using var scope = NewDisposeScope();
        var (left, right) = (randn(4, 4), randn(4, 4));

        using (Autocast.Begin(Precision.Bf16, DeviceType.CPU)) Assert.Equal(ScalarType.BFloat16, left.mm(right).dtype);

        Assert.Equal(ScalarType.Float32, left.mm(right).dtype);
    }

    [Fact]
    public void One_within_another_ends_with_the_outer()
    {
        SkipWhereItIsNotThere();
        using var scope = NewDisposeScope();
        var (left, right) = (randn(4, 4), randn(4, 4));

        using (Autocast.Begin(Precision.Bf16, DeviceType.CPU))
        {
            using (Autocast.Begin(Precision.Bf16, DeviceType.CPU)) Assert.Equal(ScalarType.BFloat16, left.mm(right).dtype);
            Assert.Equal(ScalarType.BFloat16, left.mm(right).dtype);
        }

        Assert.Equal(ScalarType.Float32, left.mm(right).dtype);
    }

    [Fact]
    public void Another_thread_is_not_concerned()
    {
        SkipWhereItIsNotThere();
        var type = ScalarType.Bool;
        using (Autocast.Begin(Precision.Bf16, DeviceType.CPU))
        {
            var thread = new Thread(() =>
            {
                using var scope = NewDisposeScope();
                type = randn(4, 4).mm(randn(4, 4)).dtype;
            });
            thread.Start();
            thread.Join();
        }

        Assert.Equal(ScalarType.Float32, type);
    }

    [Fact]
    public void Floats_of_32_bits_begin_nothing() => Assert.Null(Autocast.Begin(Precision.Fp32, DeviceType.CPU));

    [Fact]
    public void The_processor_has_no_float16() => Assert.Equal(
        "precision: fp16 needs a CUDA GPU, and the run is on the CPU; write bf16 or fp32.",
        Assert.Throws<BadInputException>(() => Autocast.Begin(Precision.Fp16, DeviceType.CPU)).Message);

    private static void SkipWhereItIsNotThere()
    {
        if (!Autocast.IsAvailable) Assert.Skip("libtorch for Linux is needed: its functions are called by their names there.");
    }
}
