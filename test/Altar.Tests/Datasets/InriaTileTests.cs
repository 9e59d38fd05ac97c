using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class InriaTileTests
{
    [Theory]
    [InlineData("austin12", "austin", 12)]
    [InlineData("tyrol-w36", "tyrol-w", 36)]
    [InlineData("zone2b7", "zone2b", 7)]
    public void A_name_is_a_city_and_a_number(string name, string city, int number)
    {
        Assert.True(InriaTile.TryParse(name, out var tile));
        Assert.Equal(new InriaTile(city, number), tile);
        Assert.Equal(name, $"{tile}");
    }

    [Theory]
    [InlineData("austin")]
    [InlineData("austin0")]
    [InlineData("austin01")]
    [InlineData("12")]
    [InlineData("austin 1")]
    [InlineData("austin99999999999")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_none(string? name) => Assert.False(InriaTile.TryParse(name, out _));

    [Fact]
    public void The_first_five_validate() =>
        Assert.Equal([true, true, false, false], new[] { 1, 5, 6, 36 }.Select(number => new InriaTile("austin", number).IsValidation));

    [Fact]
    public void A_folder_is_listed_by_city_and_by_number_whatever_else_is_in_it()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("vienna1.tif", "austin10.tif", "austin2.png", "notes.txt", "austin2.tfw", ".austin3.tif");

        Assert.Equal(["austin2", "austin10", "vienna1"], InriaFolder.List(folder.Path).Select(file => $"{file.Tile}"));
    }

    [Fact]
    public void A_picture_of_another_name_is_told()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("austin1.tif", "mosaic.tif");

        Assert.Contains("mosaic.tif: the name is no city", Assert.Throws<BadInputException>(() => InriaFolder.List(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tile_that_is_there_twice_is_told()
    {
        using var folder = new TemporaryFolder();
        folder.Touch("austin1.tif", "austin1.png");

        Assert.Contains("austin1 is there as austin1.png and austin1.tif", Assert.Throws<BadInputException>(() => InriaFolder.List(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_submission_has_180_tiles_of_five_cities()
    {
        var tiles = InriaBenchmark.TestTiles().ToList();

        Assert.Equal(180, tiles.Distinct().Count());
        Assert.Equal(("bellingham1", "tyrol-e36"), ($"{tiles[0]}", $"{tiles[^1]}"));
    }
}
