namespace Altar.Apps.Tests;

public sealed class NetworkVerbsTests
{
    [Fact]
    public void Models_lists_every_network_with_its_size_and_the_source_of_its_weights()
    {
        var run = CommandRun.Of("models", "--json");

        var networks = run.Json.GetProperty("networks").EnumerateArray().ToDictionary(network => network.GetProperty("name").GetString()!);
        var mobile = networks["mobilenet_v2"];
        Assert.Equal(3_504_872, mobile.GetProperty("parameters").GetInt64());   // torchvision's count
        Assert.NotEmpty(mobile.GetProperty("published")[0].GetProperty("licence").GetString()!);
        Assert.All(networks.Values, network => Assert.True(network.GetProperty("multiply_adds").GetInt64() > 0));
    }

    [Fact]
    public void Models_lists_the_segmentation_networks_with_what_each_lets_choose()
    {
        var run = CommandRun.Of("models", "--json");

        var networks = run.Json.GetProperty("segmentation").EnumerateArray().ToDictionary(network => network.GetProperty("name").GetString()!);
        var albunet = networks["albunet34"];
        Assert.Equal(34_604_897, albunet.GetProperty("parameters").GetInt64());
        Assert.Equal(["bilinear", "deconv"], albunet.GetProperty("decoders").EnumerateArray().Select(decoder => decoder.GetString()));
        Assert.Equal("resnet34", albunet.GetProperty("encoder").GetString());
        Assert.Contains("unet+resnext101_32x4d", networks.Keys);
    }

    [Fact]
    public void Models_draws_a_table_without_colours_in_a_pipe()
    {
        var run = CommandRun.Of("models");

        Assert.Contains("resnext101_64x4d", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Output);
    }

    [Fact]
    public void Parity_of_the_reference_outputs_holds()
    {
        var references = Environment.GetEnvironmentVariable("ALTAR_PARITY");
        if (references is null) Assert.Skip("ALTAR_PARITY names no folder with reference outputs.");
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(references, "resnet18.json"), folder.File("resnet18.json"));

        var run = CommandRun.Of("parity", folder.Path, "--json");

        Assert.Equal(0, run.ExitCode);
        var network = run.Json.GetProperty("networks")[0];
        Assert.Equal("resnet18", network.GetProperty("name").GetString());
        Assert.True(network.GetProperty("ok").GetBoolean());
        Assert.InRange(network.GetProperty("difference").GetDouble(), 0, 1e-3);
    }

    [Fact]
    public void Parity_of_an_empty_folder_is_bad_input()
    {
        using var folder = new TemporaryFolder();

        var run = CommandRun.Of("parity", folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(folder.Path, run.Errors, StringComparison.Ordinal);
    }
}
