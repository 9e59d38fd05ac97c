using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class InriaSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void The_first_five_tiles_of_each_city_validate()
    {
        Add("austin", 1, 2, 3, 4, 5, 6, 7);
        Add("tyrol-w", 1, 2, 3, 4, 5, 36);
        InriaMasks.WriteImage(_folder.Of("test/images/sfo1.tif"), 4, 3);

        var set = InriaSet.Open(_folder.Path);

        Assert.Equal(["austin6", "austin7", "tyrol-w36"], set.Train.Select(pair => $"{pair.Tile}"));
        Assert.Equal(10, set.Val.Count);
        Assert.All(set.Val, pair => Assert.InRange(pair.Tile.Number, 1, 5));
        Assert.Equal(["sfo1"], set.Test.Select(file => $"{file.Tile}"));
        Assert.Equal((_folder.Of("train/images/austin6.tif"), _folder.Of("train/gt/austin6.tif")), (set.Train[0].Path, set.Train[0].Mask));
    }

    [Fact]
    public void The_folder_above_the_archives_own_is_taken_too()
    {
        Add("austin", 1, 2, 3, 4, 5, 6);
        using var above = new TemporaryFolder();
        Directory.Move(_folder.Path, above.Of("AerialImageDataset"));
        Directory.CreateDirectory(_folder.Path);

        Assert.Single(InriaSet.Open(above.Path).Train);
    }

    [Fact]
    public void A_city_without_its_five_validation_tiles_is_told()
    {
        Add("austin", 1, 2, 3, 4, 5, 6);
        Add("chicago", 1, 3, 4, 6);

        Refuses("chicago lacks chicago2, chicago5. The tiles 1 to 5 of each city are the validation set");
    }

    [Fact]
    public void Cities_of_validation_tiles_only_leave_nothing_to_train_on()
    {
        Add("austin", 1, 2, 3, 4, 5);

        Refuses("nothing is left to train on");
    }

    [Fact]
    public void A_missing_partner_is_told_on_either_side()
    {
        Add("austin", 1, 2, 3, 4, 5, 6);
        File.Move(_folder.Of("train/gt/austin6.tif"), _folder.Of("train/gt/austin7.tif"));

        Refuses("1 of 6 tiles have no partner of the same name in " + _folder.Of("train/gt") + ": austin6.tif");

        File.Delete(_folder.Of("train/images/austin6.tif"));

        Refuses("1 of 6 tiles have no partner of the same name in " + _folder.Of("train/images") + ": austin7.tif");
    }

    [Fact]
    public void Image_and_mask_of_different_size_are_told()
    {
        Add("austin", 1, 2, 3, 4, 5, 6);
        InriaMasks.Write(_folder.Of("train/gt/austin3.tif"), "#.#", "...");

        Refuses("austin3.tif has 4x3 pixels");
        Refuses("austin3.tif has 3x2");
    }

    [Fact]
    public void A_mask_of_three_bands_is_told()
    {
        Add("austin", 1, 2, 3, 4, 5, 6);
        InriaMasks.WriteImage(_folder.Of("train/gt/austin3.tif"), 4, 3);

        Refuses("gt/austin3.tif: 3 bands of 8 bits");
    }

    [Fact]
    public void Another_layout_is_told() => Refuses("no train/images with train/gt");

    private void Add(string city, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            InriaMasks.WriteImage(_folder.Of($"train/images/{city}{number}.tif"), 4, 3);
            InriaMasks.Write(_folder.Of($"train/gt/{city}{number}.tif"), "#...", "....", "...#");
        }
    }

    private void Refuses(string message) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => InriaSet.Open(_folder.Path)).Message, StringComparison.Ordinal);
}
