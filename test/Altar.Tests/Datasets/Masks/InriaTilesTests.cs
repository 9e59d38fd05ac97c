using Altar.Datasets.Masks;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Masks;

public class InriaTilesTests
{
    private static IEnumerable<string> Tiles(string city, params int[] numbers) => numbers.Select(number => $"train/images/{city}{number}.tif");

    [Fact]
    public void The_first_five_of_each_city_validate()
    {
        string[] tiles = [.. Tiles("austin", [.. Enumerable.Range(1, 36)]), .. Tiles("tyrol-w", [.. Enumerable.Range(1, 36)])];

        var inVal = InriaTiles.Split(tiles);

        Assert.Equal((10, 62), (inVal.Count(side => side), inVal.Count(side => !side)));
        Assert.Equal(["austin1", "austin2", "austin3", "austin4", "austin5"], tiles.Where((_, i) => inVal[i]).Take(5).Select(Path.GetFileNameWithoutExtension));
    }

    [Fact]
    public void A_city_without_its_five_tiles_is_named_with_what_it_lacks() =>
        Assert.StartsWith("vienna: the city has no vienna2, vienna4", Assert.Throws<BadInputException>(() => InriaTiles.Split([.. Tiles("vienna", 1, 3, 5, 6)])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_city_needs_tiles_to_learn_from_and_names_of_tiles()
    {
        Assert.Contains("no tile to learn from", Assert.Throws<BadInputException>(() => InriaTiles.Split([.. Tiles("vienna", 1, 2, 3, 4, 5)])).Message, StringComparison.Ordinal);
        Assert.Contains("roof.tif: the name is no city", Assert.Throws<BadInputException>(() => InriaTiles.Split(["roof.tif"])).Message, StringComparison.Ordinal);
    }
}
