using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Tensors;

public class ShapeTests
{
    [Fact]
    public void The_lengths_come_by_their_letters()
    {
        using var images = zeros(2, 3, 4, 5);
        using var logits = zeros(2, 7);

        Assert.Equal((2, 3, 4, 5), Shape.Nchw(images, "images"));
        Assert.Equal((2, 7), Shape.Nk(logits, "logits"));
    }

    [Fact]
    public void A_wrong_number_of_axes_is_named_in_the_error()
    {
        using var logits = zeros(2, 7);

        Assert.StartsWith("images must be [N, C, H, W], but is [2, 7].", Assert.Throws<ArgumentException>(() => Shape.Nchw(logits, "images")).Message, StringComparison.Ordinal);
    }
}
