using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class FoldSplitTests
{
    private static readonly string[] Classes = ["a", "b", "c"];

    [Fact]
    public void Every_fold_has_its_share_of_every_class()
    {
        var set = Set([.. Enumerable.Range(0, 60).Select(i => (i % 10 < 5 ? 0 : i % 10 < 8 ? 1 : 2, (string?)null))]);   // 30, 18, 12

        var places = FoldSplit.Choose(set, 3, new Seed(1));

        for (var fold = 0; fold < 3; fold++)
            Assert.Equal([10, 6, 4], Enumerable.Range(0, 3).Select(label => set.Samples.Where((sample, i) => places[i] == fold && sample.Label == label).Count()));
    }

    [Fact]
    public void A_group_is_in_one_fold_and_classes_are_even_as_far_as_groups_allow()
    {
        var set = Set([.. Enumerable.Range(0, 90).Select(i => (i / 3 % 3, (string?)$"sender {i / 3}"))]);   // 30 senders with three pictures of a class

        var places = FoldSplit.Choose(set, 5, new Seed(1));

        Assert.All(set.Samples.Index().GroupBy(pair => pair.Item.Group, pair => places[pair.Index]), group => Assert.Single(group.Distinct()));
        Assert.All(Enumerable.Range(0, 5), fold => Assert.Equal(18, places.Count(place => place == fold)));
    }

    [Fact]
    public void A_class_in_one_group_only_is_always_learnt_from()
    {
        var set = Set([(0, null), (0, null), (0, null), (1, null), (1, null), (2, "x"), (2, "x")]);

        var places = FoldSplit.Choose(set, 2, new Seed(1));

        Assert.Equal([-1, -1], places[^2..]);
        Assert.All(places[..^2], place => Assert.InRange(place, 0, 1));
    }

    [Fact]
    public void The_same_seed_gives_the_same_folds()
    {
        var set = Set([.. Enumerable.Range(0, 40).Select(i => (i % 3, (string?)null))]);

        Assert.Equal(FoldSplit.Choose(set, 4, new Seed(1)), FoldSplit.Choose(set, 4, new Seed(1)));
        Assert.NotEqual(FoldSplit.Choose(set, 4, new Seed(1)), FoldSplit.Choose(set, 4, new Seed(2)));
    }

    [Fact]
    public void Too_few_groups_are_refused()
    {
        var set = Set([(0, "x"), (1, "x"), (0, "y"), (1, "y")]);

        Assert.Contains("4 pictures in 2 groups are too few for 3 folds", Assert.Throws<BadInputException>(() => FoldSplit.Choose(set, 3, new Seed(1))).Message, StringComparison.Ordinal);
    }

    private static PictureSet Set((int Label, string? Group)[] samples) =>
        new("set", Classes, [.. samples.Select((sample, i) => new Sample($"{i}.jpg", sample.Label, sample.Group))]);
}
