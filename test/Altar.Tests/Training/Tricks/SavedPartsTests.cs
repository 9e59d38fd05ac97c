using System.Text.Json.Nodes;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training;
using static TorchSharp.torch;

namespace Altar.Tests.Training.Tricks;

/// <summary>Each part of a checkpoint is needed: a resumed run without it ends elsewhere.</summary>
public class SavedPartsTests
{
    private static readonly Stage[] Stages = [TrickList.All["many at once"] with { Epochs = 6, Schedule = new() { Cycles = 3 } }];

    [Fact]
    public void With_all_parts_the_resumed_run_is_the_same_run() => Assert.Equal(Whole(), Resumed(_ => { }));

    [Theory]
    [InlineData("mean/")]
    [InlineData("square/")]
    public void Without_the_optimizers_memory_it_is_another(string part) => Assert.NotEqual(Whole(), Resumed(run => Drop(run, "optimizer.safetensors", part)));

    [Fact]
    public void Without_the_optimizers_count_of_steps_it_is_another() =>
        Assert.NotEqual(Whole(), Resumed(run => Drop(run, "optimizer.safetensors", "no such part", steps: "0")));

    [Theory]
    [InlineData("ema/")]
    [InlineData("ema/steps")]
    public void Without_a_tricks_memory_it_is_another(string part) => Assert.NotEqual(Whole(), Resumed(run => Drop(run, "tricks.safetensors", part)));

    [Fact]
    public void Without_what_was_kept_for_replay_it_is_another() => Assert.NotEqual(Whole(), Resumed(run =>
    {
        using var nothingKept = tensor(new[] { 0L, 0L });
        Drop(run, "tricks.safetensors", "replay/", with: ("replay/place", nothingKept));
    }));

    [Fact]
    public void A_file_that_lacks_what_the_stage_remembers_is_refused()
    {
        var error = Assert.Throws<BadInputException>(() => Resumed(run => Drop(run, "tricks.safetensors", "replay/")));

        Assert.Contains("the checkpoint lacks what the stage remembers: The given key 'place'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_average_in_the_place_of_the_training_weights_it_is_another() =>
        Assert.NotEqual(Whole(), Resumed(run => File.Delete(Path.Combine(run.Folder.Last, "training.safetensors"))));

    [Theory]
    [InlineData("BatchesInEpoch", 4)]     // the loader's cursor
    [InlineData("StepsInStage", 1)]       // the place in the schedule
    [InlineData("Steps", 1)]              // what the chance of a step is drawn from
    public void Without_the_place_in_the_run_it_is_another(string key, int value) => Assert.NotEqual(Whole(), Resumed(run => SetState(run, key, value)));

    private static byte[] Whole()
    {
        using var run = new TrickRun(Stages);
        run.Train();
        return run.Bytes("model.safetensors");
    }

    private static byte[] Resumed(Action<TrickRun> damage)
    {
        using var run = new TrickRun(Stages);
        run.Train(until: 23);
        damage(run);
        run.Train();
        return run.Bytes("model.safetensors");
    }

    private static void Drop(TrickRun run, string file, string prefix, string? steps = null, (string Name, Tensor Tensor)? with = null)
    {
        var path = Path.Combine(run.Folder.Last, file);
        using var set = WeightsFile.Read(path);
        var metadata = steps is null ? set.Metadata : new Dictionary<string, string> { ["steps"] = steps };
        var kept = set.Tensors.Where(entry => !entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary();
        if (with is { } added) kept.Add(added.Name, added.Tensor);
        Safetensors.Write(path, kept, metadata);
    }

    private static void SetState(TrickRun run, string key, int value)
    {
        var path = Path.Combine(run.Folder.Last, "state.json");
        var state = JsonNode.Parse(File.ReadAllText(path))!;
        Assert.NotEqual(value, (int)state[key]!);
        state[key] = value;
        File.WriteAllText(path, state.ToJsonString());
    }
}
