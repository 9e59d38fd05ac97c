using Altar.Inference;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training.Checkpoints;
using static TorchSharp.torch;

namespace Altar.Tests.Inference;

/// <summary>Ensembles, averages and temperatures of checkpoints on disk.</summary>
public sealed class CheckpointEnsembleTests : IDisposable
{
    private readonly CheckpointsOnDisk _disk = new();
    private readonly ColourPictures _pictures = new();

    public void Dispose()
    {
        _disk.Dispose();
        _pictures.Dispose();
    }

    [Fact]
    public void Networks_with_other_classes_are_no_ensemble()
    {
        _disk.Save("one", "best");
        _disk.Save("two", "best", classes: ["a", "c"]);
        _disk.Save("three", "best", classes: ["b", "a"]);

        var differ = Assert.Throws<BadInputException>(() => Predictor.Open(MemberCheckpoint.Find([_disk.Run("one"), _disk.Run("two")]), "cpu"));
        var order = Assert.Throws<BadInputException>(() => Predictor.Open(MemberCheckpoint.Find([_disk.Run("one"), _disk.Run("three")]), "cpu"));

        Assert.Contains("their classes differ, first in b, c", differ.Message, StringComparison.Ordinal);
        Assert.Contains("in different orders", order.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_average_is_a_checkpoint_with_the_mean_of_the_weights()
    {
        _disk.Save("run", "snapshot-1", seed: 1);
        _disk.Save("run", "snapshot-2", seed: 2);
        var folder = _disk.Checkpoint("run", "average");
        using var scope = NewDisposeScope();

        AveragedCheckpoint.Write(MemberCheckpoint.Find([_disk.Run("run")], ["snapshots"]), folder, device: "cpu");

        using var mean = WeightsFile.Read(Path.Combine(folder, "model.safetensors"));
        using var one = WeightsFile.Read(Path.Combine(_disk.Checkpoint("run", "snapshot-1"), "model.safetensors"));
        using var two = WeightsFile.Read(Path.Combine(_disk.Checkpoint("run", "snapshot-2"), "model.safetensors"));
        var expected = (one.Tensors["conv1.weight"] + two.Tensors["conv1.weight"]) / 2;
        Assert.True(expected.allclose(mean.Tensors["conv1.weight"]));
        using var predictor = Predictor.Open(folder, "cpu");
        Assert.Equal(["a", "b"], predictor.Card.Classes);
    }

    [Fact]
    public void An_average_does_not_overwrite_what_is_no_checkpoint()
    {
        _disk.Save("run", "snapshot-1");
        _disk.Save("run", "snapshot-2");

        Assert.Contains("holds no checkpoint", Assert.Throws<BadInputException>(() =>
            AveragedCheckpoint.Write(MemberCheckpoint.Find([_disk.Run("run")], ["snapshots"]), _disk.Run("run"), device: "cpu")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chosen_temperature_is_in_the_card_and_lowers_the_log_loss()
    {
        _disk.Save("run", "best");
        var folder = Path.Combine(_pictures.Folder, "set");
        foreach (var (i, name) in new[] { "a", "b" }.Index())
        {
            for (var k = 0; k < 4; k++) _pictures.Write($"set/{name}/{k}.png", (byte)(60 * k), (byte)(200 * i), 0);
        }

        var checkpoint = Assert.Single(MemberCheckpoint.Find([_disk.Run("run")]));
        var calibration = Calibration.Write(checkpoint, folder, "cpu");

        Assert.True(calibration.After.LogLoss <= calibration.Before.LogLoss);
        Assert.Equal(calibration.Before.Top1, calibration.After.Top1);
        Assert.Equal(calibration.Temperature, ModelCardFile.Read(checkpoint.Folder).Temperature);
        using var predictor = Predictor.Open(_disk.Run("run"), "cpu");
        Assert.Equal(calibration.After.LogLoss, Evaluator.Evaluate(predictor, Evaluator.Open(predictor, folder)).Scores.LogLoss, 1e-4);
        Assert.Equal(calibration.Temperature, Calibration.Write(checkpoint, folder, "cpu").Temperature);   // from the network's own scores, not from calibrated ones
    }
}
