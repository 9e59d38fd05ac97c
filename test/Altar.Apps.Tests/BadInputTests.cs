namespace Altar.Apps.Tests;

/// <summary>What users get wrong, by whole commands: exit code 2, and one message that says where and what to do.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TinySet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void An_empty_folder_is_told_before_weights_are_asked_for() => Refuses("empty: no photos. ", Offline(Directory.CreateDirectory(_set.At("empty")).FullName));

    [Fact]
    public void Without_a_network_the_file_of_the_weights_and_its_place_are_named_and_how_to_do_without()
    {
        var run = Offline(_set.Photos);

        Refuses("mobilenet_v2-b0353104.pth could not be fetched", run);
        Refuses($"Put that file at {_set.At("cache/mobilenet_v2-b0353104.pth")}, ", run);
        Refuses("--set model.weights=none", run);
    }

    [Fact]
    public void One_class()
    {
        Directory.Delete(Path.Combine(_set.Photos, "red"), recursive: true);
        Directory.Delete(Path.Combine(_set.Photos, "green"), recursive: true);

        Refuses("'blue'", Train(_set.Recipe));
    }

    [Fact]
    public void A_label_seen_only_in_val()
    {
        File.WriteAllText(_set.At("train.csv"), $"image,label\n{_set.Photo("red", 0)},red\n{_set.Photo("blue", 0)},blue\n");
        File.WriteAllText(_set.At("val.csv"), $"image,label\n{_set.Photo("red", 1)},red\n{_set.Photo("green", 1)},green\n");

        Refuses("green", Train(_set.Recipe, "--set", $"data.train={_set.At("train.csv")}", $"data.val={_set.At("val.csv")}"));
    }

    [Fact]
    public void A_missing_file_in_the_manifest()
    {
        File.WriteAllText(_set.At("train.csv"), $"image,label\n{_set.Photo("red", 0)},red\ngone.jpg,blue\n");

        Refuses("train.csv: line 3", Train(_set.Recipe, "--set", $"data.train={_set.At("train.csv")}"));
    }

    [Fact]
    public void Damaged_photos_below_a_twentieth_are_listed_and_counted()
    {
        using var set = new TinySet(perClass: 16);
        File.WriteAllText(set.Photo("red", 0), "no photo");

        var run = CommandRun.Of("train", set.Recipe, "--out", set.Run, "--set", "stages.0.epochs=1", "stages.1.epochs=1", "--json");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(1, run.Json.GetProperty("set_aside").GetInt32());
        Assert.Contains(set.Photo("red", 0), run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_photos_above_a_twentieth()
    {
        foreach (var number in (int[])[0, 1]) File.WriteAllText(_set.Photo("red", number), "no photo");

        Refuses("2 of 24", Train(_set.Recipe));
    }

    [Theory]
    [InlineData("stages.0.epoch=1", "epochs")]
    [InlineData("stages.0.rate=-1", "rate")]
    [InlineData("model.name=resnet19", "resnet18")]
    [InlineData("model.weights=gone.safetensors", "gone.safetensors")]
    public void A_value_of_the_recipe_that_cannot_be(string change, string named) => Refuses(named, Train(_set.Recipe, "--set", change));

    [Fact]
    public void Weights_for_another_architecture()
    {
        Assert.Equal(0, CommandRun.Of("train", _set.Recipe, "--out", _set.Run, "--set", "stages.0.epochs=1", "stages.1.epochs=1").ExitCode);

        Refuses("model.safetensors", Train(_set.Recipe, "--set", $"model.weights={_set.Run}/checkpoints/best/model.safetensors", "model.name=resnet18", "data.size=64"));
    }

    private CommandRun Train(string recipe, params string[] words) => CommandRun.Of(["train", recipe, "--out", _set.At("refused"), .. words]);

    // Nothing listens on port 1: as without a network.
    private CommandRun Offline(string folder) => CommandRun.ToEnd(CommandRun.Start("env", _set.At(""),
        "ALTAR_WEIGHTS_URL=http://127.0.0.1:1", $"ALTAR_CACHE={_set.At("cache")}", "dotnet", CommandRun.Cli, "train", folder, "--out", _set.At("refused")));

    private static void Refuses(string named, CommandRun run)
    {
        Assert.True(run.ExitCode == 2, $"{run.ExitCode}: {run.Errors}{run.Output}");
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }
}
