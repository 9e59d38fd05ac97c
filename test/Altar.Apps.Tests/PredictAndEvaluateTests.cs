using Altar.Images;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Training.Checkpoints;
using OpenCvSharp;
using static TorchSharp.torch;

namespace Altar.Apps.Tests;

/// <summary>Whole commands on a checkpoint that says "white" of everything, with the probability 1 / (1 + e^-2) = 0.8808.</summary>
public sealed class PredictAndEvaluateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PredictAndEvaluateTests()
    {
        SaveCheckpoint(_folder.File("run/checkpoints/best"));
        SavePhoto("photos/black/1.png", Scalar.Black);
        foreach (var number in (int[])[2, 3, 4]) SavePhoto($"photos/white/{number}.png", Scalar.White);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Evaluate_counts_three_of_four_right()
    {
        var run = CommandRun.Of("evaluate", _folder.File("run"), "--data", _folder.File("photos"), "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, run.Json.GetProperty("pictures").GetInt32());
        Assert.Equal(0.75, run.Json.GetProperty("top1").GetDouble());
        Assert.Equal(1, run.Json.GetProperty("top5").GetDouble());
        Assert.Equal((3 * 0.1269 + 2.1269) / 4, run.Json.GetProperty("logloss").GetDouble(), 1e-4);   // -ln 0.8808, -ln 0.1192
        Assert.Equal(0, run.Json.GetProperty("skipped").GetInt32());
        Assert.Equal("[[0,1],[0,3]]", run.Json.GetProperty("confusion").GetRawText());
    }

    [Fact]
    public void Evaluate_says_it_in_words_without_json()
    {
        var run = CommandRun.Of("evaluate", _folder.File("run/checkpoints/best"), "--data", _folder.File("photos"));

        Assert.Contains("top-1     0.750  (95 % interval 0.301 to 0.954)", run.Output, StringComparison.Ordinal);   // Wilson's, 3 of 4
        Assert.Contains("1 of 1 black were taken for white", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_writes_a_line_a_photo_and_sets_what_it_cannot_read_aside()
    {
        File.WriteAllText(_folder.File("photos/text.jpg"), "no photo");

        var run = CommandRun.Of("predict", _folder.File("run"), "--input", _folder.File("photos"), "--out", _folder.File("out"), "--probabilities", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, run.Json.GetProperty("pictures").GetInt32());
        Assert.Equal(1, run.Json.GetProperty("skipped").GetInt32());
        var lines = File.ReadAllLines(_folder.File("out/predictions.csv"));
        Assert.Equal("image,label,probability,black,white", lines[0]);
        Assert.StartsWith($"{_folder.File("photos/black/1.png")},white,0.880797", lines[1], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
    }

    [Theory]
    [InlineData("--format", "xml", "--format: 'xml' is not known. Write csv or jsonl.")]
    [InlineData("--batch", "0", "--batch: 0 pictures at once; at least 1 is needed.")]
    [InlineData("--threads", "-1", "--threads: -1; 0 takes one for each processor.")]
    public void An_option_out_of_its_range_is_bad_input(string option, string value, string message)
    {
        var run = CommandRun.Of("predict", _folder.File("run"), "--input", _folder.File("photos"), "--out", _folder.File("out"), option, value);

        Assert.Equal((2, message + "\n"), (run.ExitCode, run.Errors));
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public void A_folder_that_is_no_run_is_bad_input()
    {
        var run = CommandRun.Of("predict", _folder.File("photos"), "--input", _folder.File("photos"), "--out", _folder.File("out"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("neither a checkpoint", run.Errors, StringComparison.Ordinal);
    }

    private static void SaveCheckpoint(string folder)
    {
        Altar.Tensors.NativeLibraries.Prepare();
        using var network = NetworkCatalog.Create("resnet20_cifar", 2, seed: new Altar.Tensors.Seed(1));
        using (no_grad())
        {
            foreach (var (name, parameter) in network.named_parameters().Where(parameter => parameter.name.StartsWith(network.HeadPrefix, StringComparison.Ordinal)))
            {
                using var value = name.EndsWith("bias", StringComparison.Ordinal) ? tensor(new[] { 0f, 2f }) : zeros_like(parameter);
                parameter.copy_(value);
            }
        }

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
