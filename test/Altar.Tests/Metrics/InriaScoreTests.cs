using Altar.Datasets;
using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Tests.Metrics;

public class InriaScoreTests
{
    [Fact]
    public void Pixels_are_counted_by_hand()
    {
        //                                 prediction                truth
        var score = InriaScore.Of(Pixels("##.. .... ####"), Pixels("#.#. .... ###."));

        Assert.Equal(new InriaScore(Intersection: 4, Union: 7, Buildings: 5, Pixels: 12), score);
        Assert.Equal(9, score.Correct);
        Assert.Equal(400.0 / 7, score.IoU, 1e-12);
        Assert.Equal(75, score.Accuracy, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(1001)]
    public void Any_number_of_pixels_is_counted_as_one_by_one(int count)
    {
        var random = new Seed(1).For(count).ToRandom();
        byte[] prediction = [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 0 ? (byte)0 : (byte)255)];
        byte[] truth = [.. Enumerable.Range(0, count).Select(_ => random.Next(3) == 0 ? (byte)255 : (byte)0)];
        var pairs = prediction.Zip(truth).ToList();

        var expected = new InriaScore(pairs.Count(p => p is (255, 255)), pairs.Count(p => p is not (0, 0)), truth.Count(t => t == 255), count);

        Assert.Equal(expected, InriaScore.Of(prediction, truth));
    }

    [Fact]
    public void Without_a_building_on_either_side_the_iou_is_unknown_and_every_pixel_right()
    {
        var score = InriaScore.Of(Pixels("...."), Pixels("...."));

        Assert.True(double.IsNaN(score.IoU));
        Assert.Equal(100, score.Accuracy);
    }

    [Fact]
    public void Predicting_no_building_is_right_where_there_is_none()
    {
        var constant = InriaScore.Of(Pixels("####"), Pixels("#...")).OfNoBuilding;

        Assert.Equal((0.0, 75.0), (constant.IoU, constant.Accuracy));
    }

    [Fact]
    public void More_pixels_than_32_bits_hold_are_counted()
    {
        var tile = new InriaScore(3_000_000, 5_000_000, 4_000_000, 25_000_000);

        var all = InriaScores.From(InriaBenchmark.TestTiles().Select(name => new InriaTileScore(name, tile))).Overall;

        Assert.Equal(4_500_000_000, all.Pixels);
        Assert.Equal((60.0, 92.0), (all.IoU, all.Accuracy));
    }

    [Fact]
    public void Overall_sums_pixels_where_the_mean_of_cities_sums_shares()
    {
        // A large city of 8 in 10 and a small one of 1 in 10.
        var scores = InriaScores.From(
        [
            new InriaTileScore(new InriaTile("village", 1), new InriaScore(1, 10, 5, 100)),
            new InriaTileScore(new InriaTile("austin", 10), new InriaScore(50, 60, 55, 100)),
            new InriaTileScore(new InriaTile("austin", 2), new InriaScore(30, 40, 35, 100)),
        ]);

        Assert.Equal(["austin2", "austin10", "village1"], scores.Tiles.Select(tile => $"{tile.Tile}"));
        Assert.Equal([("austin", 2, 80.0), ("village", 1, 10.0)], scores.Cities.Select(city => (city.Name, city.Tiles, city.Score.IoU)));
        Assert.Equal(100 * 81.0 / 110, scores.Overall.IoU, 1e-12);
        Assert.Equal(45, scores.MeanOfCities, 1e-12);
    }

    private static byte[] Pixels(string drawing) => [.. drawing.Where(letter => letter != ' ').Select(letter => letter == '#' ? (byte)255 : (byte)0)];
}
