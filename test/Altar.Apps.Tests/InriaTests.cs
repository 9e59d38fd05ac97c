using System.IO.Compression;
using OpenCvSharp;

namespace Altar.Apps.Tests;

/// <summary>The Inria protocol by whole commands, on tiles of 8x8 pixels.</summary>
public sealed class InriaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Verbs => [.. new Cli.Verbs.InriaVerb().Subcommands.Select(verb => verb.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Verbs))]
    public void Help_of_every_verb_closes_with_an_example_of_it(string verb)
    {
        var run = CommandRun.Of("inria", verb, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches($@"Examples?:\n(  .*\n)*  altar inria {verb}", run.Output);
    }

    [Fact]
    public void A_word_that_is_no_verb_or_option_of_it_is_told_with_the_nearest_one()
    {
        Refuses("altar inria: unknown verb evalute. Did you mean evaluate?", CommandRun.Of("inria", "evalute"));
        Refuses("altar inria evaluate: unknown option --prd. Did you mean --pred? 'altar inria evaluate --help'", CommandRun.Of("inria", "evaluate", "--prd", "x"));
        Refuses("'altar inria evaluate --help'", CommandRun.Of("inria", "evaluate", "--pred", "x"));
        Refuses("say what to do: split, evaluate, submit, leaderboard", CommandRun.Of("inria"));
    }

    [Fact]
    public void Masks_are_scored_by_city_and_over_all_pixels_and_placed_on_the_leaderboard()
    {
        Mask("gt/austin1.tif", buildings: 16);
        Mask("gt/austin2.tif", buildings: 0);
        Mask("gt/vienna1.png", buildings: 32);
        Mask("pred/austin1.tif", buildings: 8);
        Mask("pred/austin2.tif", buildings: 0);
        Mask("pred/vienna1.tif", buildings: 40);

        var run = CommandRun.Of("inria", "evaluate", "--pred", At("pred"), "--gt", At("gt"), "--csv", At("s.csv"), "--tiles", At("t.csv"), "--json");

        Assert.True(run.ExitCode == 0, run.Errors);
        var cities = run.Json.GetProperty("cities");
        Assert.Equal(50, cities.GetProperty("austin").GetProperty("iou").GetDouble());
        Assert.Equal(93.75, cities.GetProperty("austin").GetProperty("accuracy").GetDouble());   // 120 of 128
        Assert.Equal(2, cities.GetProperty("austin").GetProperty("tiles").GetInt32());
        Assert.Equal(80, cities.GetProperty("vienna").GetProperty("iou").GetDouble());
        Assert.Equal(100 * 40 / 56.0, run.Json.GetProperty("overall").GetProperty("iou").GetDouble(), 1e-9);
        Assert.Equal(100 * 176 / 192.0, run.Json.GetProperty("overall").GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.Equal(75, run.Json.GetProperty("no_building").GetProperty("accuracy").GetDouble());
        Assert.Matches(@"overall +3 +71\.43 +91\.67\n +no building at all +3 +0\.00 +75\.00\n", run.Errors);
        Assert.StartsWith("city,tiles,iou,accuracy,", File.ReadAllText(At("s.csv")), StringComparison.Ordinal);
        Assert.Equal(4, File.ReadLines(At("t.csv")).Count());

        File.WriteAllText(At("scores.json"), run.Output);
        var board = CommandRun.Of("inria", "leaderboard", "--mine", At("scores.json"), "--name", "mine", "--plot", At("board.png"), "--json");

        Assert.True(board.ExitCode == 0, board.Errors);
        Assert.Equal(7, board.Json.GetProperty("place").GetInt32());
        Assert.Equal(14, board.Json.GetProperty("entries").GetArrayLength());
        Assert.Matches(@"7 +> mine +71\.43 +91\.67 +65\.00\n", board.Errors);
        Assert.Contains("mine on austin, vienna: the place is only a hint", board.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(At("board.png")));
    }

    [Fact]
    public void Masks_that_cannot_be_scored_are_told()
    {
        Mask("gt/austin1.tif", buildings: 16);
        Mask("gt/austin2.tif", buildings: 16);
        Mask("pred/austin1.tif", buildings: 16, value: 1);
        Refuses("austin2.tif", Evaluate());

        Mask("pred/austin2.tif", buildings: 16);
        Refuses("pred/austin1.tif: the value 1 at column 0, row 0; masks hold 0 (no building) and 255 (building)", Evaluate());

        Mask("pred/austin1.tif", buildings: 4, side: 9);
        Refuses("pred/austin1.tif has 9x9 pixels, ", Evaluate());

        Mask("pred/roofs.tif", buildings: 4);
        Refuses("roofs.tif: the name is no city with the number of a tile", Evaluate());
        Refuses("nowhere: no such folder", CommandRun.Of("inria", "evaluate", "--pred", At("nowhere"), "--gt", At("gt")));
    }

    [Fact]
    public void Masks_are_packed_for_the_contest()
    {
        Mask("pred/sfo1.png", buildings: 16);
        Mask("images/sfo1.tif", buildings: 1);
        Mask("images/sfo2.tif", buildings: 1);

        Refuses("1 of 2 images of", Submit());
        var run = Submit("--partial");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(1, run.Json.GetProperty("masks").GetInt32());
        Assert.Contains("warning: the contest wants 180 masks", run.Errors, StringComparison.Ordinal);
        using var zip = ZipFile.OpenRead(At("s.zip"));
        Assert.Equal("sfo1.tif", Assert.Single(zip.Entries).FullName);
    }

    [Fact]
    public void The_layout_is_split_by_the_first_five_tiles()
    {
        foreach (var number in Enumerable.Range(1, 7))
        {
            Mask($"data/train/images/austin{number}.tif", buildings: 1);
            Mask($"data/train/gt/austin{number}.tif", buildings: 1);
        }

        var run = CommandRun.Of("inria", "split", "--data", At("data"), "--out", At("split"), "--json");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal((2, 5), (run.Json.GetProperty("train").GetInt32(), run.Json.GetProperty("cities").GetProperty("austin").GetProperty("val").GetInt32()));
        Assert.Equal("image,mask,city\n../data/train/images/austin6.tif,../data/train/gt/austin6.tif,austin\n../data/train/images/austin7.tif,../data/train/gt/austin7.tif,austin\n", File.ReadAllText(At("split/train.csv")));

        File.Delete(At("data/train/images/austin4.tif"));
        File.Delete(At("data/train/gt/austin4.tif"));
        Refuses("austin lacks austin4. The tiles 1 to 5 of each city are the validation set", CommandRun.Of("inria", "split", "--data", At("data")));
    }

    [Fact]
    public void The_validation_tiles_can_be_judged_alone()
    {
        foreach (var number in (int[])[1, 5, 6, 12]) Mask($"gt/austin{number}.tif", buildings: 16);
        foreach (var number in (int[])[1, 5]) Mask($"pred/austin{number}.tif", buildings: 8);

        Refuses("2 of 4 tiles have no partner", Evaluate());
        var run = CommandRun.Of("inria", "evaluate", "--pred", At("pred"), "--gt", At("gt"), "--val", "--leaderboard");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Matches(@"austin +2 +50\.00 +87\.50\n", run.Output);
        Assert.Matches(@"13 +> yours +50\.00 +87\.50 +50\.00\n", run.Output);
    }

    private CommandRun Evaluate() => CommandRun.Of("inria", "evaluate", "--pred", At("pred"), "--gt", At("gt"));

    private CommandRun Submit(params string[] words) => CommandRun.Of(["inria", "submit", "--pred", At("pred"), "--images", At("images"), "--out", At("s.zip"), "--json", .. words]);

    private string At(string name) => _folder.File(name);

    // The first pixels, row by row, are building.
    private void Mask(string name, int buildings, byte value = 255, int side = 8)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        using var mask = Mat.FromPixelData(side, side, MatType.CV_8UC1, Enumerable.Range(0, side * side).Select(i => i < buildings ? value : (byte)0).ToArray());
        Cv2.ImWrite(At(name), mask);
    }

    private static void Refuses(string named, CommandRun run)
    {
        Assert.True(run.ExitCode == 2, $"{run.ExitCode}: {run.Errors}{run.Output}");
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
    }
}
