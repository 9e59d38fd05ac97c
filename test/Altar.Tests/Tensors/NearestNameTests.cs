using Altar.Tensors;

namespace Altar.Tests.Tensors;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("resnet35", "resnet34")]        // one letter changed
    [InlineData("mobilenetv2", "mobilenet_v2")] // one left out
    [InlineData("vgg111", "vgg11")]             // one too many
    [InlineData("resent34", "resnet34")]        // two swapped
    [InlineData("RESNET34", "resnet34")]        // case left aside
    public void The_known_name_with_the_fewest_changes_is_meant(string name, string meant) =>
        Assert.Equal(meant, NearestName.Of(name, ["vgg11", "resnet34", "mobilenet_v2"]));

    [Fact]
    public void A_swap_of_neighbours_is_one_change() => Assert.Equal("ab", NearestName.Of("ba", ["xy", "ab"]));   // two changes each without swaps

    [Fact]
    public void Among_names_that_differ_in_case_alone_the_nearest_case_wins() => Assert.Equal("Label", NearestName.Of("Labl", ["LABEL", "label", "Label"]));

    [Fact]
    public void Among_equals_the_length_decides_then_the_order() =>
        Assert.Equal(("ac", "first"), (NearestName.Of("ab", ["abc", "ac"]), NearestName.Of("", ["first", "other"])));

    [Fact]
    public void Where_nothing_is_known_nothing_is_near() => Assert.Equal("", NearestName.Of("name", []));
}
