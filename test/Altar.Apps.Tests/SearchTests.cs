using OpenCvSharp;

namespace Altar.Apps.Tests;

/// <summary>Whole commands over photos of one colour each, with a network that learnt nothing: equal photos still have equal features.</summary>
public sealed class SearchTests : IDisposable
{
    private static readonly string[] Network = ["resnet20_cifar", "--weights", "none", "--size", "32", "--device", "cpu", "--threads", "1"];

    private readonly TemporaryFolder _folder = new();

    public SearchTests()
    {
        SavePhoto("photos/black/1.png", Scalar.Black);
        SavePhoto("photos/red/2.png", new Scalar(0, 0, 255));
        SavePhoto("photos/red/3.png", new Scalar(0, 0, 254));
        SavePhoto("query.png", new Scalar(0, 0, 255));
        File.WriteAllText(_folder.File("photos/red/text.jpg"), "no photo");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_index_is_built_queried_changed_and_scored()
    {
        var built = Run(["build", .. Network, "--images", "photos", "--out", "index"]).Json;
        Assert.Equal((3, 64, 1), (built.GetProperty("vectors").GetInt32(), built.GetProperty("dimensions").GetInt32(), built.GetProperty("skipped").GetInt32()));
        Assert.True(built.GetProperty("bytes").GetInt64() > 3 * 64 * 2);
        Assert.True(built.GetProperty("seconds").GetDouble() > 0);

        var query = Run("query", "index", "--image", "query.png", "--k", "2", "--picture", "found.html").Json;
        var first = query.GetProperty("results")[0];
        Assert.Equal("photos/red/2.png", first.GetProperty("image").GetString());
        Assert.Equal(1, first.GetProperty("score").GetDouble(), 1e-3);
        Assert.Equal(2, query.GetProperty("results").GetArrayLength());
        Assert.Contains("<img", File.ReadAllText(_folder.File("found.html")), StringComparison.Ordinal);

        var scores = Run("evaluate", "index", "--label", "folder").Json;
        Assert.Equal((2, 1), (scores.GetProperty("label").GetProperty("queries").GetInt32(), scores.GetProperty("label").GetProperty("without_match").GetInt32()));

        var groups = Run("duplicates", "index", "--picture", "copies.png").Json.GetProperty("groups");
        Assert.Contains(groups.EnumerateArray(), group => group.GetProperty("images").EnumerateArray().Select(image => image.GetString()).Contains("photos/red/3.png"));
        Assert.True(new FileInfo(_folder.File("copies.png")).Length > 1000);

        Assert.Equal(2, Run("remove", "index", "--image", "photos/red/2.png").Json.GetProperty("vectors").GetInt32());
        SavePhoto("more/4.png", new Scalar(0, 255, 0));
        Assert.Equal(3, Run("build", "--add", "--images", "more", "--out", "index", "--device", "cpu").Json.GetProperty("vectors").GetInt32());
        Assert.Equal("photos/red/3.png", Run("query", "index", "--image", "query.png", "--filter", "folder=red").Json.GetProperty("results")[0].GetProperty("image").GetString());
    }

    [Fact]
    public void What_cannot_be_searched_says_why()
    {
        Run(["build", .. Network, "--images", "photos", "--out", "index"]);

        AssertRefused("no photo to search with", "query", "index", "--image", "photos/red/text.jpg");
        AssertRefused("leaves query.png, which is 40 pixels wide and 40 high", "query", "index", "--image", "query.png", "--box", "30,0,20,20");
        AssertRefused("no column 'colour'", "query", "index", "--image", "query.png", "--filter", "colour=red");
        AssertRefused("there is an index already", ["build", .. Network, "--images", "photos", "--out", "index"]);
        AssertRefused("the index was made with resnet20_cifar (64 numbers, fingerprint ", ["build", .. Network, "--preprocessing", "tensorflow", "--add", "--images", "photos", "--out", "index"]);
        AssertRefused("--dimensions says 7", "build", "--add", "--dimensions", "7", "--images", "photos", "--out", "index");
        AssertRefused("altar search: unknown verb bild. Did you mean build?", "bild");
        AssertRefused("altar search query: unknown option --imag. Did you mean --image?", "query", "index", "--imag", "query.png");
        Run("remove", "index", "--image", "photos/red/2.png", "--image", "photos/red/3.png", "--image", "photos/black/1.png");
        AssertRefused("the index is empty", "query", "index", "--image", "query.png");
    }

    private CommandRun Run(params string[] words)
    {
        var run = CommandRun.In(_folder.Path, ["search", .. words, "--json"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }

    private void AssertRefused(string message, params string[] words)
    {
        var run = CommandRun.In(_folder.Path, ["search", .. words]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    private void SavePhoto(string name, Scalar color)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        using var photo = new Mat(40, 40, MatType.CV_8UC3, color);
        Cv2.ImWrite(_folder.File(name), photo);
    }
}
