using Altar.Networks.Segmentation;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Networks.Segmentation;

public sealed class ReflectionPaddingTests
{
    [Theory]
    [InlineData(8, new long[] { 1, 2, 3, 4, 5 }, new long[] { 2, 1, 2, 3, 4, 5, 4, 3 })]                      // 3 missing: 1 before, 2 behind
    [InlineData(4, new long[] { 1, 2, 3, 4 }, new long[] { 1, 2, 3, 4 })]                                     // nothing missing
    [InlineData(8, new long[] { 1, 2 }, new long[] { 2, 1, 2, 1, 2, 1, 2, 1 })]                               // 3 before, 3 behind: again and again
    [InlineData(8, new long[] { 1, 2, 3 }, new long[] { 3, 2, 1, 2, 3, 2, 1, 2 })]                            // 2 before, 3 behind
    [InlineData(4, new long[] { 7 }, new long[] { 7, 7, 7, 7 })]                                              // one pixel is repeated
    public void The_border_pixel_is_the_mirror(int stride, long[] row, long[] padded)
    {
        using var scope = NewDisposeScope();
        var padding = ReflectionPadding.ToMultiplesOf(stride, stride, row.Length);
        var image = tensor(row).reshape(1, 1, 1, -1).expand(1, 1, stride, row.Length).contiguous();
        var result = padding.Apply(image);
        Assert.Equal(padded, result[0, 0, 0].data<long>().ToArray());
        Assert.True(padding.Crop(result).equal(image).all().item<bool>());
    }

    [Fact]
    public void Rows_are_mirrored_as_columns_are()
    {
        using var scope = NewDisposeScope();
        var image = rand(2, 3, 5, 7);
        var wide = ReflectionPadding.ToMultiplesOf(4, 5, 7).Apply(image);
        var tall = ReflectionPadding.ToMultiplesOf(4, 7, 5).Apply(image.transpose(2, 3));
        Assert.Equal([2, 3, 8, 8], wide.shape);
        Assert.True(wide.equal(tall.transpose(2, 3)).all().item<bool>());
    }

    [Fact]
    public void The_memory_order_stays()
    {
        using var scope = NewDisposeScope();
        var padding = ReflectionPadding.ToMultiplesOf(4, 5, 7);
        Assert.True(ChannelsLast.Holds(padding.Apply(ChannelsLast.Of(rand(2, 3, 5, 7)))));
        Assert.True(padding.Apply(rand(2, 3, 5, 7)).is_contiguous());
    }

    [Fact]
    public void A_picture_of_another_size_is_an_error()
    {
        using var image = zeros(1, 1, 4, 5);
        Assert.Throws<ArgumentException>(() => ReflectionPadding.ToMultiplesOf(4, 5, 5).Apply(image));
    }
}
