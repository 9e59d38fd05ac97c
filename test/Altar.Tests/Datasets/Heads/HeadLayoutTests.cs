using Altar.Datasets.Heads;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Heads;

public class HeadLayoutTests
{
    private static readonly HeadLayout Layout = HeadLayout.Of(
    [
        new HeadSpec("category", HeadKind.Single, ["hat", "shoes"]),
        new HeadSpec("rules", HeadKind.Multi, ["blurred", "text", "watermark"]),
        new HeadSpec("price", HeadKind.Value),
        new HeadSpec("title", HeadKind.Title, ["red hat", "blue hat", "sandals", "boots"]),
    ]);

    private static long[] Written(string head, string? text)
    {
        var target = Enumerable.Repeat(99L, Layout.Slots).ToArray();
        Layout[head].Write(text, "list.csv: line 2", target);
        return [.. target.Skip(Layout[head].FirstSlot).Take(Layout[head].Slots)];
    }

    [Fact]
    public void Slots_and_outputs_follow_each_other_without_gaps()
    {
        //           category  rules        price  title
        // slots     0         1 2 3        4      5
        // outputs   0 1       2 3 4        5      6 7 8 9
        Assert.Equal([(0, 1), (1, 3), (4, 1), (5, 1)], Layout.Heads.Select(head => (head.FirstSlot, head.Slots)));
        Assert.Equal([(0, 2), (2, 3), (5, 1), (6, 4)], Layout.Heads.Select(head => (head.FirstOutput, head.Outputs)));
        Assert.Equal((6, 10), (Layout.Slots, Layout.Outputs));
    }

    [Theory]
    [InlineData("category", "shoes", 1)]
    [InlineData("category", "", -1)]
    [InlineData("category", null, -1)]
    [InlineData("title", "boots", 3)]
    public void A_class_is_its_number_and_a_missing_one_minus_one(string head, string? text, long expected) => Assert.Equal([expected], Written(head, text));

    [Theory]
    [InlineData("text; blurred", new long[] { 1, 1, 0 })]
    [InlineData("watermark", new long[] { 0, 0, 1 })]
    [InlineData("-", new long[] { 0, 0, 0 })]
    [InlineData("", new long[] { -1, -1, -1 })]
    public void Labels_are_a_slot_each_and_none_is_not_the_same_as_unknown(string text, long[] expected) => Assert.Equal(expected, Written("rules", text));

    [Theory]
    [InlineData("12.5", 12.5)]
    [InlineData("-0", 0.0)]
    [InlineData("-0.001", -0.001)]
    [InlineData("", double.NaN)]
    public void A_value_is_kept_to_the_last_bit(string text, double expected) => Assert.Equal(expected, HeadPlace.ToValue(Written("price", text)[0]));

    [Fact]
    public void No_value_is_taken_for_a_missing_one()
    {
        Assert.NotEqual(HeadPlace.NoValue, HeadPlace.ToSlot(-0.0));   // its bits are those of long.MinValue
        Assert.Equal(HeadPlace.NoValue, Written("price", " ")[0]);
    }

    [Fact]
    public void Whether_a_head_is_labelled_is_read_from_the_slots()
    {
        var target = new long[Layout.Slots];
        new HeadColumns(Layout, new Dictionary<string, string> { ["rules"] = "flags", ["price"] = "price" })
            .Write(column => column == "flags" ? "-" : null, "x", target);

        Assert.Equal(["rules"], Layout.Heads.Where(head => head.IsLabelled(target)).Select(head => head.Name));
        Assert.Equal([-1, 0, 0, 0, HeadPlace.NoValue, -1], target);
    }

    [Fact]
    public void The_words_of_a_text_are_labels_by_option()
    {
        var words = HeadLayout.Of([new HeadSpec("words", HeadKind.Multi, ["hat", "red", "t-shirt"]) { SplitsWords = true }]).Heads[0];
        var target = new long[3];

        words.Write("Red T-Shirt (new!), red", "x", target);

        Assert.Equal([0, 1, 1], target);   // "new" was never learnt
    }

    [Theory]
    [InlineData("category", "shoe", "label 'shoe' is not among the 2 classes of head category (hat, shoes). Did you mean shoes?")]
    [InlineData("rules", "text;logo", "label 'logo'")]
    [InlineData("price", "cheap", "'cheap' is no number, which head price needs")]
    [InlineData("price", "NaN", "'NaN' is no number")]
    public void What_a_head_does_not_know_is_named_with_its_line(string head, string text, string expected)
    {
        var message = Assert.Throws<BadInputException>(() => Written(head, text)).Message;

        Assert.StartsWith("list.csv: line 2: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_head_is_answered_with_the_nearest_one() =>
        Assert.Contains("no head 'categories'. The heads are category, rules, price, title; did you mean category?", Assert.Throws<BadInputException>(() => Layout["categories"]).Message, StringComparison.Ordinal);

    public static TheoryData<string, HeadSpec[]> Impossible => new()
    {
        { "model.heads is empty", [] },
        { "a is there twice", [new("a", HeadKind.Value), new("a", HeadKind.Value)] },
        { "a head has no name", [new(" ", HeadKind.Value)] },
        { "it has no classes", [new("a", HeadKind.Single)] },
        { "a value has no classes", [new("a", HeadKind.Value, ["x"])] },
        { "'x' is there twice", [new("a", HeadKind.Title, ["x", "y", "x"])] },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void Heads_that_cannot_be_are_refused(string expected, HeadSpec[] heads) =>
        Assert.Contains(expected, Assert.Throws<BadInputException>(() => HeadLayout.Of(heads)).Message, StringComparison.Ordinal);
}
