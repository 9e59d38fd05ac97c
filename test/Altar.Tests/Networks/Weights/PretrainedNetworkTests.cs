using System.Globalization;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Tensors;
using OpenCvSharp;
using static TorchSharp.torch;

namespace Altar.Tests.Networks.Weights;

public sealed class PretrainedNetworkTests
{
    [Fact]
    public void None_gives_first_weights_by_the_seed()
    {
        var options = new ModelOptions { Name = "resnet20_cifar", Weights = "none" };
        var (first, report) = PretrainedNetwork.Create(options, 3, new Seed(5));
        var (second, _) = PretrainedNetwork.Create(options, 3, new Seed(5));
        using (first) using (second) Assert.True(first.get_parameter("linear.weight")!.equal(second.get_parameter("linear.weight")!).all().item<bool>());
        Assert.Null(report);
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error_that_lists_what_can_be_written() =>
        Assert.Contains("resnet34-b627a593.pth", Assert.Throws<BadInputException>(() => PretrainedNetwork.Resolve(new() { Name = "resnet34", Weights = "nowhere.pth" })).Message);

    [Fact]
    public void A_published_file_of_another_network_is_an_error_before_it_is_fetched() =>
        Assert.Contains("is for resnet34, but model.name is resnet50", Assert.Throws<BadInputException>(() => PretrainedNetwork.Resolve(new() { Name = "resnet50", Weights = "resnet34-b627a593.pth" })).Message);

    /// <summary>Four photos and their logits, made by PyTorch from the same file: one row a class, one column a photo.</summary>
    [Theory, InlineData(PaddingStyle.Torch, "logits_pad1.csv"), InlineData(PaddingStyle.TensorFlow, "logits_tfsame.csv")]
    public void MobileNetV2_reproduces_the_published_logits_with_either_padding(PaddingStyle padding, string file)
    {
        var folder = TestWeights.FolderOrSkip();
        var options = new ModelOptions { Weights = Path.Combine(folder, "mobilenet_v2_imagenet.safetensors"), Padding = padding };
        var (network, report) = PretrainedNetwork.Create(options, 1000, new Seed(1));
        using (network)
        {
            Assert.Empty(report!.Left);
            network.eval();
            var rows = File.ReadAllLines(Path.Combine(folder, "mobilenet_v2_parity", file)).Select(line => line.Split(',')).ToList();
            for (var photo = 1; photo < rows[0].Length; photo++)
            {
                var logits = Logits(network, Path.Combine(folder, "mobilenet_v2_parity", $"{rows[0][photo]}.png"));
                var worst = rows.Skip(1).Max(row => Math.Abs(float.Parse(row[photo], CultureInfo.InvariantCulture) - logits[int.Parse(row[0], CultureInfo.InvariantCulture)]));
                Assert.True(worst < 1e-3, $"{rows[0][photo]}: {worst}");
            }
        }
    }

    private static float[] Logits(Classifier network, string path)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var picture = Cv2.ImRead(path, ImreadModes.Color);
        Cv2.CvtColor(picture, picture, ColorConversionCodes.BGR2RGB);
        picture.GetArray(out Vec3b[] pixels);
        var bytes = pixels.SelectMany(pixel => new float[] { pixel.Item0, pixel.Item1, pixel.Item2 }).ToArray();
        var image = tensor(bytes).reshape(1, picture.Rows, picture.Cols, 3).permute(0, 3, 1, 2).div(127.5f).sub(1f);   // [1, 3, H, W]
        return network.call(image).flatten().data<float>().ToArray();
    }
}
