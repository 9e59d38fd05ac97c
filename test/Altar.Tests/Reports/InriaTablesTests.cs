using Altar.Datasets;
using Altar.Metrics;
using Altar.Reports;
using Altar.Tensors;

namespace Altar.Tests.Reports;

public class InriaTablesTests
{
    private static readonly InriaScores Scores = InriaScores.From(
    [
        new InriaTileScore(new InriaTile("austin", 1), new InriaScore(1, 4, 2, 16)),
        new InriaTileScore(new InriaTile("fields", 1), new InriaScore(0, 0, 0, 16)),
    ]);

    [Fact]
    public void Cities_and_overall_are_rows_with_their_counts_and_an_unknown_iou_is_empty()
    {
        using var folder = new TemporaryFolder();

        InriaTables.WriteCities(folder.In("s.csv"), Scores);

        Assert.Equal(
            "city,tiles,iou,accuracy,intersection,union,buildings,pixels\naustin,1,25,81.25,1,4,2,16\nfields,1,,100,0,0,0,16\noverall,2,25,90.625,1,4,2,32\n",
            File.ReadAllText(folder.In("s.csv")));
    }

    [Fact]
    public void Tiles_are_rows()
    {
        using var folder = new TemporaryFolder();

        InriaTables.WriteTiles(folder.In("t.csv"), Scores);

        Assert.Equal("austin1,austin,25,81.25,1,4,2,16", File.ReadLines(folder.In("t.csv")).ElementAt(1));
    }

    [Fact]
    public void Manifests_name_files_from_where_they_lie()
    {
        using var folder = new TemporaryFolder();
        var pair = new InriaPair(new InriaTile("austin", 6), folder.In("data/train/images/austin6.tif"), folder.In("data/train/gt/austin6.tif"));

        var (train, val) = InriaTables.WriteManifests(folder.In("split"), new InriaSet(folder.In("data"), [pair], [], []));

        Assert.Equal("image,mask,city\n../data/train/images/austin6.tif,../data/train/gt/austin6.tif,austin\n", File.ReadAllText(train));
        Assert.Equal("image,mask,city\n", File.ReadAllText(val));
    }

    [Fact]
    public void Printed_scores_are_read_back_as_an_entry()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("s.json"), """{"cities": {"austin": {"iou": 60, "accuracy": 90, "tiles": 2}, "fields": {"iou": null, "accuracy": 100, "tiles": 1}}, "overall": {"iou": 50.5, "accuracy": 95}}""");

        var entry = InriaTables.ReadScores(folder.In("s.json"), "mine");

        Assert.Equal(("mine", 50.5, 95.0, 60.0), (entry.Team, entry.Overall.IoU, entry.Overall.Accuracy, entry.MeanOfCities));
        Assert.Equal(["austin", "fields"], entry.Cities.Keys);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"cities": {}}""")]
    [InlineData("""{"cities": {}, "overall": {"iou": "high", "accuracy": 1}}""")]
    public void Anything_else_is_told_with_the_command_that_writes_scores(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("s.json"), text);

        var error = Assert.Throws<BadInputException>(() => InriaTables.ReadScores(folder.In("s.json"), "mine"));

        Assert.Contains("s.json: no scores with cities and overall. Write them with altar inria evaluate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_leaderboard_is_drawn_with_the_own_entry_in_its_colour()
    {
        using var folder = new TemporaryFolder();
        InriaLeaderboardPlot.Save(folder.In("with.png"), InriaLeaderboard.Table(new InriaEntry("own", new InriaShares(70, 95), 70)));
        InriaLeaderboardPlot.Save(folder.In("without.png"), InriaLeaderboard.Table());

        Assert.True(HasOrange(folder.In("with.png")));
        Assert.False(HasOrange(folder.In("without.png")));
    }

    private static bool HasOrange(string path)
    {
        var pixels = Altar.Images.RasterReader.Read(path).Pixels;
        return pixels.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xD9, 0x48, 0x0F]) >= 0;
    }
}
