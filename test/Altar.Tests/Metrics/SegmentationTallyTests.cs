using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Tests.Metrics;

public class SegmentationTallyTests
{
    private static readonly string[] Ground = ["grass", "road", "roof"];

    [Fact]
    public void Each_class_is_counted_against_all_others()
    {
        var tally = new PixelTally(Ground);
        tally.Add([0, 0, 1, 1, 2, 2, 0, 1], new byte[] { 0, 0, 1, 2, 2, 2, 1, 255 }, ignored: 255);

        Assert.Equal(7, tally.Pixels);
        Assert.Equal(1, tally[truth: 2, said: 1]);
        Assert.Equal(new BinaryCounts(2, 1, 0, 4), tally.CountsOf(0));
        Assert.Equal(new BinaryCounts(1, 1, 1, 4), tally.CountsOf(1));
        Assert.Equal(new BinaryCounts(2, 0, 1, 4), tally.CountsOf(2));

        var scores = tally.Scores();
        Assert.Equal(5 / 7.0, scores.Accuracy);
        Assert.Equal(((2 / 3.0) + (1 / 3.0) + (2 / 3.0)) / 3, scores.MeanIou, 1e-12);
        Assert.Equal(((4 / 5.0) + (2 / 4.0) + (4 / 5.0)) / 3, scores.MeanDice, 1e-12);
        Assert.Equal(5 / 9.0, scores.MicroIou, 1e-12);
        Assert.Equal(scores.Accuracy, scores.MicroDice, 1e-12);
    }

    [Fact]
    public void One_name_is_a_class_against_its_background()
    {
        var tally = new PixelTally(["roof"]);
        tally.Add([1, 1, 0, 0], new byte[] { 1, 0, 1, 0 });

        var scores = tally.Scores();
        Assert.Equal(new BinaryCounts(1, 1, 1, 1), Assert.Single(scores.PerClass).Counts);
        Assert.Equal((1 / 3.0, 0.5, 0.5), (scores.MeanIou, scores.MeanDice, scores.Accuracy));
    }

    [Fact]
    public void A_class_that_neither_occurs_nor_was_said_is_left_out_of_the_mean()
    {
        var tally = new PixelTally(Ground);
        tally.Add([0, 1], new byte[] { 0, 0 });

        Assert.True(double.IsNaN(tally.Scores().PerClass[2].Counts.Iou));
        Assert.Equal((0.5 + 0) / 2, tally.Scores().MeanIou);
        Assert.True(double.IsNaN(new PixelTally(Ground).Scores().MeanIou));
        Assert.True(double.IsNaN(new PixelTally(Ground).Scores().Accuracy));
    }

    [Fact]
    public void Targets_of_a_batch_are_counted_as_they_are()
    {
        var (bytes, longs, mixed) = (new PixelTally(Ground), new PixelTally(Ground), new PixelTally(Ground));
        bytes.Add([0, 1, 2], new byte[] { 2, 1, 255 }, ignored: 255);
        longs.Add([0L, 1, 2], new long[] { 2, 1, -1 });
        mixed.Add([0, 1, 2], new long[] { 2, 1, -1 });

        Assert.Equal(bytes.Scores().PerClass, longs.Scores().PerClass);
        Assert.Equal(bytes.Scores().PerClass, mixed.Scores().PerClass);

        bytes.Add(longs);
        Assert.Equal(4, bytes.Pixels);
        bytes.Clear();
        Assert.Equal(0, bytes.Pixels);
    }

    [Fact]
    public void Counts_go_beyond_32_bits()
    {
        var tally = new PixelTally(["roof"]);
        tally.Add([1], new byte[] { 1 });
        for (var doubling = 0; doubling < 33; doubling++) tally.Add(tally);

        Assert.Equal(1L << 33, tally.CountsOf(0).TruePositives);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(0, 7)]
    [InlineData(0, -2)]
    [InlineData((1L << 32) + 1, 0)]
    public void A_value_outside_the_classes_is_an_error(long said, long truth)
    {
        var error = Assert.Throws<ArgumentException>(() => new PixelTally(Ground).Add([0L, said], new[] { 0L, truth }));

        Assert.StartsWith("pixel 1 has the value ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("but 3 classes have the values 0 to 2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Picture_by_picture_a_small_one_counts_as_much_as_a_large_one_and_empty_against_empty_is_one()
    {
        var tally = new SegmentationTally(["roof"]);
        tally.AddPicture([1, 1, 1, 1, 1, 1, 1, 0], new byte[] { 1, 1, 1, 1, 1, 1, 1, 1 }, 4);       // IoU 7/8, Dice 14/15
        tally.AddPicture([1, 0], new byte[] { 0, 1 }, 2);                                             // 0
        tally.AddPicture([0, 0], new byte[] { 0, 255 }, 2);                                           // empty against empty

        var scores = tally.Scores();
        Assert.Equal(3, scores.Pictures);
        Assert.Equal(((7 / 8.0) + 0 + 1) / 3, scores.PictureIou, 1e-12);
        Assert.Equal(((14 / 15.0) + 0 + 1) / 3, scores.PictureDice, 1e-12);
        Assert.Equal(7 / 10.0, scores.Pixels.MeanIou, 1e-12);
        Assert.Null(scores.Outlines);
        Assert.True(double.IsNaN(scores.OutlineF1));
    }

    [Fact]
    public void Pictures_of_longs_and_of_bytes_score_alike()
    {
        var random = new Seed(5).ToRandom();
        var (longs, bytes) = (new SegmentationTally(Ground, outlineTolerance: 1), new SegmentationTally(Ground, outlineTolerance: 1));
        for (var picture = 0; picture < 3; picture++)
        {
            long[] said = [.. Enumerable.Range(0, 60).Select(_ => (long)random.Next(3))];
            long[] truth = [.. Enumerable.Range(0, 60).Select(_ => (long)random.Next(-1, 3))];
            longs.AddPicture(said, truth, 10);
            bytes.AddPicture([.. said.Select(value => (byte)value)], [.. truth.Select(value => value < 0 ? (byte)255 : (byte)value)], 10);
        }

        Assert.Equal(longs.Scores().PerPicture, bytes.Scores().PerPicture);
        Assert.Equal(longs.Scores().Outlines, bytes.Scores().Outlines);
        Assert.Throws<ArgumentException>(() => longs.AddPicture([300L], new[] { 0L }, 1));
    }
}
