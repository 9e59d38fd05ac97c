using Altar.Datasets;
using Altar.Datasets.Generated;
using Altar.Datasets.Masks;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Generated;

public class AerialScenesTests
{
    private static readonly AerialScenesOptions Small = new() { Cities = ["a", "b"], Tiles = 7, TestCities = ["c"], TestTiles = 1, Size = PixelSize.Square(128) };

    [Fact]
    public void No_threshold_on_a_colour_finds_the_buildings()
    {
        var tiles = (from city in new AerialScenesOptions().Cities from number in (int[])[1, 2, 3] select AerialScenes.Draw(city, number, PixelSize.Square(384), new Seed(1))).ToList();

        var share = tiles.Average(tile => tile.Mask.Values.Average(value => value / 255.0));
        var best = Enumerable.Range(0, 3).Max(channel => BestThreshold(tiles, channel));

        Assert.InRange(share, 0.08, 0.4);
        Assert.InRange(best, share * 0.9, 0.5);     // taking everything for a building already scores its share
    }

    [Fact]
    public void The_layout_is_Inrias_and_is_split_by_its_rule()
    {
        using var folder = new TemporaryFolder();
        AerialScenes.Write(folder.Path, new Seed(1), Small);

        var pictures = MaskedPictures.Open(
            new DataOptions { Train = folder.Of("train/images"), Masks = folder.Of("train/gt"), Val = "inria", Classes = ["building"] }, new Seed(1));

        Assert.Equal((4, 10), (pictures.Train.Pictures.Count, pictures.Val.Pictures.Count));
        Assert.Equal(["a6.tif", "a7.tif", "b6.tif", "b7.tif"], pictures.Train.Pictures.Select(picture => Path.GetFileName(picture.Path)));
        Assert.Empty(pictures.Warnings);
        Assert.Equal(["gt", "images"], Directory.GetDirectories(folder.Of("test")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var mask = RasterWindows.Open(folder.Of("test/gt/c1.tif"));
        Assert.Equal((1, 8), (mask.Bands, mask.BitsPerSample));
    }

    [Fact]
    public void The_same_seed_draws_the_same_tile_and_every_tile_is_another()
    {
        var size = PixelSize.Square(96);
        var (picture, mask) = AerialScenes.Draw("a", 1, size, new Seed(4));

        Assert.Equal(picture.Pixels, AerialScenes.Draw("a", 1, size, new Seed(4)).Picture.Pixels);
        Assert.NotEqual(picture.Pixels, AerialScenes.Draw("a", 2, size, new Seed(4)).Picture.Pixels);
        Assert.NotEqual(mask.Values, AerialScenes.Draw("b", 1, size, new Seed(4)).Mask.Values);
        Assert.All(mask.Values, value => Assert.True(value is 0 or 255));
    }

    [Fact]
    public void Writers_and_a_missing_set()
    {
        using var folder = new TemporaryFolder();
        var written = new System.Collections.Concurrent.ConcurrentBag<string>();
        AerialScenes.Write(folder.Of("own"), new Seed(1), Small with { WritePicture = (path, _) => written.Add(path), WriteMask = (path, _) => written.Add(path) });
        Assert.Equal(30, written.Count);

        var set = folder.Of("data/aerial");
        GeneratedSets.WriteWhole(set, Small, CancellationToken.None);
        Assert.Equal([set], Directory.GetFileSystemEntries(folder.Of("data")));
        Assert.False(GeneratedSets.Ensure(new DataOptions { Generate = "aerial", Train = Path.Combine(set, "train", "images") + "/" }));
    }

    [Fact]
    public void What_cannot_be_drawn_is_named()
    {
        Assert.Contains("at least 6", Assert.Throws<BadInputException>(() => (Small with { Tiles = 5 }).Validated()).Message, StringComparison.Ordinal);
        Assert.Contains("'a1' is no name", Assert.Throws<BadInputException>(() => (Small with { Cities = ["a1"] }).Validated()).Message, StringComparison.Ordinal);
    }

    // IoU of every threshold from above and from below, over all tiles together.
    private static double BestThreshold(List<(Raster Picture, Mask Mask)> tiles, int channel)
    {
        var (inside, all) = (new long[256], new long[256]);
        foreach (var (picture, mask) in tiles)
        {
            for (var i = 0; i < mask.Values.Length; i++)
            {
                all[picture.Pixels[(i * 3) + channel]]++;
                if (mask.Values[i] > 0) inside[picture.Pixels[(i * 3) + channel]]++;
            }
        }

        var best = 0.0;
        var (buildings, pixels) = (inside.Sum(), all.Sum());
        long found = 0, taken = 0;
        for (var level = 0; level < 256; level++)
        {
            (found, taken) = (found + inside[level], taken + all[level]);
            best = Math.Max(best, (double)found / (buildings + taken - found));
            best = Math.Max(best, (double)(buildings - found) / (buildings + (pixels - taken) - (buildings - found)));
        }

        return best;
    }
}
