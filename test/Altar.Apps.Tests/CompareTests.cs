namespace Altar.Apps.Tests;

public sealed class CompareTests
{
    [Fact]
    public void Two_runs_are_told_apart_by_their_recipes_and_overlaid_on_one_page()
    {
        using var set = new TinySet();
        foreach (var (run, rate) in new[] { ("slow", "1e-4"), ("fast", "1e-2") })
        {
            var trained = CommandRun.Of("train", set.Recipe, "--out", set.At(run), "--set", "stages.0.epochs=1", "stages.1.epochs=1", $"stages.1.rate={rate}");
            Assert.True(trained.ExitCode == 0, trained.Errors);
        }

        var compared = CommandRun.Of("compare", set.At("slow"), set.At("fast"), "--out", set.At("seen"), "--x", "minutes", "--json");

        Assert.True(compared.ExitCode == 0, compared.Errors);
        Assert.Equal(["slow", "fast"], compared.Json.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()!));
        Assert.Equal(2, compared.Json.GetProperty("runs")[0].GetProperty("epochs").GetInt32());
        Assert.True(compared.Json.GetProperty("runs")[0].GetProperty("best").GetProperty("val").GetProperty("logloss").GetDouble() > 0);
        var difference = Assert.Single(compared.Json.GetProperty("differences").EnumerateObject());
        Assert.Equal("stages.1.rate", difference.Name);
        Assert.Equal(0.01, double.Parse(difference.Value.GetProperty("fast").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("At each run's best epoch by log-loss; * is the best of its column.", compared.Errors, StringComparison.Ordinal);
        Assert.All(["comparison.html", "comparison.png", "comparison.csv"], name => Assert.True(File.Exists(Path.Combine(set.At("seen"), name)), name));
    }

    [Fact]
    public void A_folder_that_is_no_run_is_bad_input()
    {
        using var set = new TinySet(perClass: 1);

        var run = CommandRun.Of("compare", set.Photos, set.At(""));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no run folder, since there is no recipe.yaml in it", run.Errors, StringComparison.Ordinal);
    }
}
