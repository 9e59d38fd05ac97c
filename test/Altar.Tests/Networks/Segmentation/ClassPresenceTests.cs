using Altar.Networks.Segmentation;
using static TorchSharp.torch;

namespace Altar.Tests.Networks.Segmentation;

public sealed class ClassPresenceTests
{
    [Fact]
    public void A_class_is_there_where_one_pixel_has_it_and_what_is_ignored_is_not()
    {
        using var scope = NewDisposeScope();
        var masks = tensor(new long[] { 0, 0, 2, -1, /**/ 1, 1, -1, 1 }).reshape(2, 2, 2);
        Assert.Equal([1f, 0f, 1f, /**/ 0f, 1f, 0f], ClassPresence.Of(masks, 3).data<float>().ToArray());
    }

    [Fact]
    public void Of_a_single_class_the_question_is_whether_the_mask_has_it()
    {
        using var scope = NewDisposeScope();
        var masks = tensor(new long[] { 0, 0, 0, -1, /**/ 0, 0, 0, 1 }).reshape(2, 2, 2);
        var present = ClassPresence.Of(masks, 1);
        Assert.Equal([2, 1], present.shape);
        Assert.Equal([0f, 1f], present.data<float>().ToArray());
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using var masks = zeros(1, 2, 2, ScalarType.Int64);
        var before = LiveTensors.Count();
        ClassPresence.Of(masks, 5).Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }
}
