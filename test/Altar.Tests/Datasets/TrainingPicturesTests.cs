using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class TrainingPicturesTests
{
    [Fact]
    public void A_cut_off_picture_and_a_text_among_good_ones_are_left_out_and_listed()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, pictures: 50);
        TestPictures.CutOff(folder.Of("a/00.jpg"));
        File.WriteAllText(folder.Of("b/01.jpg"), "no picture");

        var pictures = TrainingPictures.Open(new DataOptions { Train = folder.Path, Threads = 2 }, new Seed(1));

        Assert.Equal([folder.Of("a/00.jpg"), folder.Of("b/01.jpg")], pictures.SetAside.Items.Select(item => item.Path));
        Assert.Equal(48, pictures.Train.Samples.Count + pictures.Val.Samples.Count);
        Assert.Equal(50, pictures.Named);
        Assert.StartsWith("2 of 50 pictures cannot be read and are left out: ", Assert.Single(pictures.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_damaged_pictures_stop_the_run()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, pictures: 20);
        File.WriteAllText(folder.Of("a/00.jpg"), "no picture");
        File.WriteAllText(folder.Of("a/02.jpg"), "no picture");

        var error = Assert.Throws<BadInputException>(() => TrainingPictures.Open(new DataOptions { Train = folder.Path }, new Seed(1)));

        Assert.StartsWith("2 of 20 pictures cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leak_is_a_warning_with_its_count()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, pictures: 10);
        Directory.CreateDirectory(folder.Of("val/a"));
        File.Copy(folder.Of("a/00.jpg"), folder.Of("val/a/copy.jpg"));
        folder.WriteBlobs("val/b/new.jpg", 77);
        folder.Write("train.csv", "image,label\na/00.jpg,a\na/02.jpg,a\nb/01.jpg,b\n");

        var pictures = TrainingPictures.Open(new DataOptions { Train = folder.Of("train.csv"), Val = folder.Of("val") }, new Seed(1));

        Assert.StartsWith("1 of 2 val pictures are also in train", Assert.Single(pictures.Warnings), StringComparison.Ordinal);
    }

    private static void Fill(TemporaryFolder folder, int pictures)
    {
        for (var i = 0; i < pictures; i++) folder.WriteBlobs($"{(i % 2 == 0 ? "a" : "b")}/{i:00}.jpg", (ulong)i, width: 64, height: 48);
    }
}
