using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class DataSplitTests
{
    [Fact]
    public void A_fraction_takes_the_same_share_of_every_class()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, ("a", 20), ("b", 10), ("c", 3), ("d", 2));

        var split = Split(folder, val: "0.25");

        //   a: 20 x 0.25 = 5    b: 2.5, rounded up to 3    c: 0.75, rounded to 1    d: 0.5, rounded up to 1
        Assert.Equal([5, 3, 1, 1], CountsOf(split.Val));
        Assert.Equal([15, 7, 2, 1], CountsOf(split.Train));
        Assert.Empty(split.Val.Samples.Intersect(split.Train.Samples));
        Assert.Empty(split.Warnings);
    }

    [Fact]
    public void A_class_of_one_picture_stays_in_train_with_a_warning()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, ("a", 10), ("rare", 1));

        var split = Split(folder, val: "0.5");

        Assert.Equal([5, 0], CountsOf(split.Val));
        Assert.Contains("1 of 2 classes have no picture in val", Assert.Single(split.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_split_and_another_seed_another()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, ("a", 40), ("b", 40));

        var first = Split(folder, "0.2", seed: 1).Val.Samples;

        Assert.Equal(first, Split(folder, "0.2", seed: 1).Val.Samples);
        Assert.NotEqual(first, Split(folder, "0.2", seed: 2).Val.Samples);
    }

    [Fact]
    public void A_group_is_never_on_both_sides_and_classes_keep_their_share()
    {
        using var folder = new TemporaryFolder();
        // 60 senders with 1 to 5 photos each, all of one class.
        var rows = from sender in Enumerable.Range(0, 60) from photo in Enumerable.Range(0, 1 + (sender % 5)) select (Sender: sender, Photo: photo);
        var lines = rows.Select(row => $"{row.Sender}-{row.Photo}.jpg,{(row.Sender % 3 == 0 ? "hat" : "shoe")},{row.Sender}").ToList();
        folder.Touch([.. lines.Select(line => line.Split(',')[0])]);
        var manifest = folder.Write("all.csv", "image,label,sender\n" + string.Join('\n', lines));

        var split = DataSplit.Of(new DataOptions { Train = manifest, Val = "0.2", Group = "sender" }, new Seed(3));

        Assert.Empty(split.Val.Samples.Select(sample => sample.Group).Intersect(split.Train.Samples.Select(sample => sample.Group)));
        //   180 photos: 60 hats and 120 shoes, a fifth of each
        Assert.Equal([12, 24], CountsOf(split.Val));
    }

    [Fact]
    public void Train_keeps_a_class_that_only_one_group_has()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("1.jpg", "2.jpg", "3.jpg", "4.jpg");
        var manifest = folder.Write("all.csv", "image,label,sender\n1.jpg,hat,A\n2.jpg,shoe,A\n3.jpg,shoe,B\n4.jpg,shoe,C\n");

        var split = DataSplit.Of(new DataOptions { Train = manifest, Val = "0.4", Group = "sender" }, new Seed(1));

        Assert.Equal([1, 2], CountsOf(split.Train));
        Assert.Equal([0, 1], CountsOf(split.Val));
    }

    [Fact]
    public void One_group_cannot_be_split()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("1.jpg", "2.jpg");
        var manifest = folder.Write("all.csv", "image,label,sender\n1.jpg,hat,A\n2.jpg,shoe,A\n");

        var error = Assert.Throws<BadInputException>(() => DataSplit.Of(new DataOptions { Train = manifest, Group = "sender" }, new Seed(1)));

        Assert.Contains("too few to set some apart for validation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Val_takes_the_classes_of_train()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("t/cat/1.jpg", "t/dog/1.jpg", "v/dog/2.jpg");

        var split = Split(folder, train: "t", val: folder.Of("v"));

        Assert.Equal(["cat", "dog"], split.Val.Classes);
        Assert.Equal(1, Assert.Single(split.Val.Samples).Label);
    }

    [Fact]
    public void A_label_seen_only_in_val_is_named_with_its_picture()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("t/cat/1.jpg", "t/dog/1.jpg", "v/cow/2.jpg");

        var error = Assert.Throws<BadInputException>(() => Split(folder, train: "t", val: folder.Of("v")));

        Assert.StartsWith($"{folder.Of("v/cow/2.jpg")}: label 'cow' is not among the 2 classes of the training pictures (cat, dog)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_is_not_enough()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, ("cat", 5));

        var error = Assert.Throws<BadInputException>(() => Split(folder, "0.2"));

        Assert.Contains("one class only, 'cat'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Add pictures of at least one other class", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("1.5")]
    [InlineData("-0.2")]
    public void A_fraction_outside_0_to_1_is_refused(string val)
    {
        using var folder = new TemporaryFolder();
        Fill(folder, ("a", 5), ("b", 5));

        Assert.Contains($"data.val: {val} is neither a path nor a fraction", Assert.Throws<BadInputException>(() => Split(folder, val)).Message, StringComparison.Ordinal);
    }

    private static void Fill(TemporaryFolder folder, params (string Name, int Count)[] classes) =>
        folder.Touch([.. classes.SelectMany(c => Enumerable.Range(0, c.Count).Select(i => $"{c.Name}/{i:00}.jpg"))]);

    private static TrainingPictures Split(TemporaryFolder folder, string val, ulong seed = 1, string train = "") =>
        DataSplit.Of(new DataOptions { Train = folder.Of(train), Val = val }, new Seed(seed));

    private static IEnumerable<int> CountsOf(PictureSet set) =>
        set.Classes.Select((_, label) => set.Samples.Count(sample => sample.Label == label));
}
