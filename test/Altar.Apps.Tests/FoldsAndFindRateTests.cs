namespace Altar.Apps.Tests;

public sealed class FoldsAndFindRateTests : IDisposable
{
    private readonly TinySet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Folds_leave_out_of_fold_predictions_and_an_ensemble()
    {
        var run = CommandRun.Of("folds", _set.Recipe, "--folds", "2", "--out", _set.At("folds"), "--set", "stages.0.epochs=1", "stages.1.epochs=1", "--device", "cpu", "--json");
        var predicted = CommandRun.Of("predict", _set.At("folds"), "--input", _set.Photo("red", 1), "--out", _set.At("out"));

        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.Errors));
        Assert.Equal(24, run.Json.GetProperty("all").GetProperty("pictures").GetInt32());
        Assert.Equal(2, run.Json.GetProperty("folds").GetArrayLength());
        Assert.Equal(25, File.ReadLines(run.Json.GetProperty("predictions").GetString()!).Count());
        Assert.Equal(0, predicted.ExitCode);
    }

    [Fact]
    public void A_rate_search_has_a_curve_for_each_stage_and_makes_no_run()
    {
        var drawing = _set.At("rates.png");

        var run = CommandRun.Of("find-rate", _set.Recipe, "--steps", "15", "--from", "1e-5", "--to", "1", "--out", drawing, "--device", "cpu", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.Errors));
        Assert.Equal(["head", "all"], run.Json.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()));
        Assert.Equal(1e-5, run.Json.GetProperty("stages")[0].GetProperty("points")[0].GetProperty("rate").GetDouble(), 1e-12);
        Assert.True(File.Exists(drawing));
        Assert.Equal(["photos", "rates.png", "tiny.yaml"], Directory.GetFileSystemEntries(_set.At("")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
