using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class ImageFolderTests
{
    [Fact]
    public void Each_folder_is_a_class_in_ordinal_order()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("dog/2.jpg", "Cat/1.png", "dog/1.JPEG", "bird/old/3.webp");

        var set = ImageFolder.Open(folder.Path);

        Assert.Equal(["Cat", "bird", "dog"], set.Classes);
        Assert.Equal(["0 1.png", "1 3.webp", "2 1.JPEG", "2 2.jpg"], set.Samples.Select(sample => $"{sample.Label} {Path.GetFileName(sample.Path)}"));
    }

    [Fact]
    public void Hidden_files_and_files_that_are_no_pictures_are_ignored()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("cat/1.bmp", "cat/._1.bmp", "cat/notes.txt", ".cache/2.jpg", "dog/1.TIF", "dog/.thumbs/1.jpg", "lost+found/2.jpg");

        var set = ImageFolder.Open(folder.Path);

        Assert.Equal(["1.bmp", "1.TIF"], set.Samples.Select(sample => Path.GetFileName(sample.Path)));
    }

    [Fact]
    public void An_empty_folder_has_no_photos_and_the_message_shows_the_layout()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<BadInputException>(() => ImageFolder.Open(folder.Path));

        Assert.Contains($"{folder.Path}: no photos.", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.Path, "cat", "1.jpg"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Photos_without_class_folders_are_no_training_photos()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("1.jpg", "2.jpg");

        Assert.Contains("no photos", Assert.Throws<BadInputException>(() => ImageFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_named_train_and_val_are_not_taken_for_classes()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("train/cat/1.jpg", "val/cat/2.jpg");

        var error = Assert.Throws<BadInputException>(() => ImageFolder.Open(folder.Path));

        Assert.Contains($"data.train={folder.Of("train")} data.val={folder.Of("val")}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_given_classes_is_taken()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("cat/1.jpg");

        var set = ImageFolder.Open(folder.Path, classes: ["dog", "cat"]);

        Assert.Equal(1, Assert.Single(set.Samples).Label);
    }
}
