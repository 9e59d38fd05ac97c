using System.Text.Json;

namespace Altar.Apps.Tests;

/// <summary>Whole runs on a tiny set.</summary>
public sealed class TrainTests
{
    [Fact]
    public void A_run_leaves_its_folder_and_one_object_with_the_promised_keys()
    {
        using var set = new TinySet();

        var run = CommandRun.Of("train", set.Recipe, "--out", set.Run, "--set", "stages.0.epochs=5", "stages.0.epochs=1", "--seed", "3", "--json");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Single(run.Output.TrimEnd('\n').Split('\n'));
        Assert.Equal(set.Run, run.Json.GetProperty("run").GetString());
        Assert.Equal(3, run.Json.GetProperty("epochs").GetInt32());   // 1 + 2: the later --set wins
        Assert.InRange(run.Json.GetProperty("best").GetProperty("top1").GetDouble(), 0, 1);
        Assert.InRange(run.Json.GetProperty("last").GetProperty("top1").GetDouble(), 0, 1);
        Assert.Equal(["head", "all"], run.Json.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()));
        foreach (var key in (string[])["seconds", "pictures_per_second", "waiting_share", "top1"])
            Assert.Equal(JsonValueKind.Number, run.Json.GetProperty("stages")[1].GetProperty(key).ValueKind);
        Assert.All(
            ["recipe.yaml", "metrics.csv", "curves.png", "confusion.png", "report.html", "checkpoints/best/model.safetensors", "checkpoints/last/model.safetensors"],
            file => Assert.True(File.Exists(Path.Combine(set.Run, file)), file));
        Assert.Contains("seed: 3", File.ReadAllText(Path.Combine(set.Run, "recipe.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_run_is_refused_without_resume_and_left_as_it_is_with_it()
    {
        using var set = new TinySet();
        Assert.Equal(0, CommandRun.Of("train", set.Recipe, "--out", set.Run).ExitCode);
        var before = File.GetLastWriteTimeUtc(Path.Combine(set.Run, "checkpoints/last/model.safetensors"));

        var refused = CommandRun.Of("train", set.Recipe, "--out", set.Run);
        var resumed = CommandRun.Of("train", set.Recipe, "--out", set.Run, "--resume", "--json");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--resume", refused.Errors, StringComparison.Ordinal);
        Assert.Equal((0, 4), (resumed.ExitCode, resumed.Json.GetProperty("epochs").GetInt32()));
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(set.Run, "checkpoints/last/model.safetensors")));
    }

    [Fact]
    public void A_time_limit_ends_the_run_with_124()
    {
        using var set = new TinySet(perClass: 24);

        var run = CommandRun.Of("train", set.Recipe, "--out", set.Run, "--set", "stages.1.epochs=1000", "--max-time", "3s", "--json");

        Assert.Equal(124, run.ExitCode);
        Assert.True(run.Json.GetProperty("interrupted").GetBoolean());
    }

    [Fact]
    public void A_recipe_of_the_repository_is_found_from_any_folder()
    {
        using var set = new TinySet();
        var run = CommandRun.In(Path.GetDirectoryName(set.Recipe)!, "plan", "recipes/transfer.yaml", "--set", $"data.train={set.Photos}", "data.size=32", "model.name=resnet20_cifar", "model.weights=none", "stages.0.batch=4", "--json");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(4, run.Json.GetProperty("stages").GetArrayLength());
        Assert.True(run.Json.GetProperty("seconds").GetDouble() > 0);
        Assert.True(File.Exists(set.At(run.Json.GetProperty("drawing").GetString()!)));
    }
}
