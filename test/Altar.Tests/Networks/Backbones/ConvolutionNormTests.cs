using Altar.Networks.Backbones;

namespace Altar.Tests.Networks.Backbones;

public sealed class ConvolutionNormTests
{
    /// <summary>Output ceil(size / 2): total = (outputs - 1) * 2 + 3 - size.</summary>
    [Theory, InlineData(224, 0, 1), InlineData(7, 1, 1), InlineData(2, 0, 1), InlineData(1, 1, 1)]
    public void Same_padding_of_a_3x3_at_stride_2_puts_an_odd_zero_behind(long size, long before, long after) =>
        Assert.Equal((before, after), ConvolutionNorm.SamePadding(size, kernel: 3, stride: 2));
}
