using Altar.Datasets.Heads;
using Altar.Datasets.Shards;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Shards;

public sealed class ShardHeadsTests : IDisposable
{
    private static readonly HeadSpec[] Heads = [new("letter", HeadKind.Single), new("tags", HeadKind.Multi), new("sender", HeadKind.Value)];
    private readonly ShardFolder _first = new(2), _second = new(2);

    public ShardHeadsTests() => _second.WriteIndex(_second.Index with { Columns = [new ShardColumn("label", ["b", "z"]), new ShardColumn("flags", ["-", "blurred;text", "text"]), new ShardColumn("sender", null)] });

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    private HeadLayout Layout(Dictionary<string, string> ofFirst, Dictionary<string, string> ofSecond)
    {
        using var first = ShardSet.Open(_first.Path);
        using var second = ShardSet.Open(_second.Path);
        return ShardHeads.Layout([new ShardLabels(first, ofFirst), new ShardLabels(second, ofSecond)], Heads);
    }

    private string MessageOf(Dictionary<string, string> ofSecond) => Assert.Throws<BadInputException>(() => Layout(new() { ["letter"] = "label" }, ofSecond)).Message;

    [Fact]
    public void Classes_are_those_of_all_indices_together()
    {
        var layout = Layout(new() { ["letter"] = "label" }, new() { ["letter"] = "label", ["tags"] = "flags", ["sender"] = "sender" });

        Assert.Equal(["a", "b", "c", "z"], layout["letter"].Classes);
        Assert.Equal(["blurred", "text"], layout["tags"].Classes);
        Assert.Equal((4, 7), (layout.Slots, layout.Outputs));
    }

    [Fact]
    public void What_a_set_or_head_lacks_is_named()
    {
        Assert.Contains("labels no head", MessageOf([]), StringComparison.Ordinal);
        Assert.Contains("no head 'tag'", MessageOf(new() { ["tag"] = "flags" }), StringComparison.Ordinal);
        Assert.Contains("no column 'flag'. There are label, flags, sender; did you mean flags?", MessageOf(new() { ["tags"] = "flag" }), StringComparison.Ordinal);
        Assert.Contains("model.heads.tags: no set labels it", MessageOf(new() { ["sender"] = "sender" }), StringComparison.Ordinal);
        Assert.Contains("more than 20000 different texts", MessageOf(new() { ["tags"] = "sender" }), StringComparison.Ordinal);
    }
}
