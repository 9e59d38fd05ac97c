using Altar.Images;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Training.Checkpoints;
using OpenCvSharp;
using static TorchSharp.torch;

namespace Altar.Apps.Tests;

/// <summary>Whole commands on two snapshots that say the same of every photo: "white" with 0.8808 (1 / (1 + e^-2)), and with 0.2689 (1 / (1 + e)). One photo is black, three are white.</summary>
public sealed class EnsembleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EnsembleTests()
    {
        Altar.Tensors.NativeLibraries.Prepare();
        SaveCheckpoint(1, white: 2);
        SaveCheckpoint(2, white: -1);
        SavePhoto("photos/black/1.png", Scalar.Black);
        foreach (var number in (int[])[2, 3, 4]) SavePhoto($"photos/white/{number}.png", Scalar.White);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ensemble_judges_members_alone_and_together()
    {
        var run = CommandRun.Of("ensemble", _folder.File("run"), "--data", _folder.File("photos"), "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.Errors));
        Assert.Equal(["snapshot-1", "snapshot-2"], run.Json.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("name").GetString()));
        Assert.Equal([0.75, 0.25], run.Json.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("top1").GetDouble()));
        Assert.Equal(0.75, run.Json.GetProperty("ensemble").GetProperty("top1").GetDouble());
        Assert.Equal(((3 * 0.55365) + 0.85531) / 4, run.Json.GetProperty("ensemble").GetProperty("logloss").GetDouble(), 1e-4);   // the mean says white with 0.57485
        // Chosen on a black and a white photo: the less sure one is the better, both are best. Reported on two white ones.
        var greedy = run.Json.GetProperty("greedy");
        Assert.Equal(["snapshot-2", "snapshot-1"], greedy.GetProperty("members").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(1, greedy.GetProperty("top1").GetDouble());
        Assert.Equal(0.55365, greedy.GetProperty("logloss").GetDouble(), 1e-4);
        Assert.True(File.Exists(_folder.File("run/ensemble.png")));
    }

    [Fact]
    public void Evaluate_and_predict_take_snapshots_and_runs()
    {
        var snapshots = CommandRun.Of("evaluate", _folder.File("run"), "--snapshots", "--data", _folder.File("photos"), "--views", "mirror", "--json");
        var checkpoints = CommandRun.Of(
            "predict", _folder.File("run/checkpoints/snapshot-1"), _folder.File("run/checkpoints/snapshot-2"), "--input", _folder.File("photos"), "--out", _folder.File("out"), "--mean", "geometric");

        Assert.Equal(0.62906, snapshots.Json.GetProperty("logloss").GetDouble(), 1e-4);
        Assert.Equal(0, checkpoints.ExitCode);
        Assert.Contains(",white,0.622", File.ReadAllText(_folder.File("out/predictions.csv")), StringComparison.Ordinal);   // logits 2 and -1 have the mean 0.5
    }

    [Fact]
    public void A_calibrated_checkpoint_says_what_it_was_without()
    {
        var checkpoint = _folder.File("run/checkpoints/snapshot-1");

        var calibrated = CommandRun.Of("calibrate", checkpoint, "--data", _folder.File("photos"), "--json");
        var evaluated = CommandRun.Of("evaluate", checkpoint, "--data", _folder.File("photos"), "--json");

        // Three of four are white: 1 / (1 + e^(-2 / T)) is 0.75 at T = 2 / ln 3.
        Assert.Equal(2 / Math.Log(3), calibrated.Json.GetProperty("checkpoints")[0].GetProperty("temperature").GetDouble(), 1e-4);
        Assert.Equal(0, evaluated.Json.GetProperty("calibration_error").GetDouble(), 1e-4);
        Assert.Equal(0.1308, evaluated.Json.GetProperty("uncalibrated").GetProperty("calibration_error").GetDouble(), 1e-4);
    }

    [Fact]
    public void The_mean_of_the_weights_is_a_checkpoint()
    {
        var average = _folder.File("run/checkpoints/average");

        var run = CommandRun.Of("ensemble", _folder.File("run"), "--data", _folder.File("photos"), "--average", average, "--norm-data", _folder.File("photos"), "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(average, run.Json.GetProperty("average").GetProperty("checkpoint").GetString());
        Assert.Equal(((3 * Math.Log(1 + Math.Exp(-0.5))) + Math.Log(1 + Math.Exp(0.5))) / 4, run.Json.GetProperty("average").GetProperty("logloss").GetDouble(), 1e-4);   // biases 2 and -1
        Assert.Equal(0, CommandRun.Of("evaluate", average, "--data", _folder.File("photos")).ExitCode);
    }

    [Fact]
    public void One_member_is_no_ensemble()
    {
        var run = CommandRun.Of("ensemble", _folder.File("run"), "--members", "snapshot-1", "--data", _folder.File("photos"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is one member only. Name more runs, a run with snapshots, or several --members.", run.Errors, StringComparison.Ordinal);
    }

    private void SaveCheckpoint(int number, float white)
    {
        using var network = NetworkCatalog.Create("resnet20_cifar", 2, seed: new Altar.Tensors.Seed(1));
        using (no_grad())
        {
            foreach (var (name, parameter) in network.named_parameters().Where(parameter => parameter.name.StartsWith(network.HeadPrefix, StringComparison.Ordinal)))
            {
                using var value = name.EndsWith("bias", StringComparison.Ordinal) ? tensor(new[] { 0f, white }) : zeros_like(parameter);
                parameter.copy_(value);
            }
        }

        var folder = _folder.File($"run/checkpoints/snapshot-{number}");
        Safetensors.Write(Path.Combine(folder, "model.safetensors"), network.state_dict());
        ModelCardFile.Write(folder, new ModelCard { Model = new() { Name = "resnet20_cifar" }, Classes = ["black", "white"], Size = PixelSize.Square(32) });
    }

    private void SavePhoto(string name, Scalar color)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        using var photo = new Mat(40, 60, MatType.CV_8UC3, color);
        Cv2.ImWrite(_folder.File(name), photo);
    }
}
