using System.Text.Json;
using System.Text.Json.Nodes;
using Altar.Networks;
using Altar.Networks.Parity;
using Altar.Networks.Segmentation;
using Altar.Tensors;

namespace Altar.Tests.Networks.Parity;

public sealed class ParityCheckTests : IDisposable
{
    private static readonly string Files = Path.Combine(AppContext.BaseDirectory, "parity");
    private readonly string _folder = Directory.CreateTempSubdirectory("altar-parity").FullName;

    public static TheoryData<string> Names => [.. NetworkCatalog.Names];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>References: torchvision 0.14, bench/peers/parity.py. One test, since building the large ones is what takes the time.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Every_network_has_the_names_shapes_counts_and_outputs_of_torchvision_and_costs_what_its_row_says(string name)
    {
        var row = NetworkCatalog.Find(name);
        using var network = NetworkCatalog.Create(name, row.Classes);
        var parity = ParityCheck.Compare(ParityFile.Read(Path.Combine(Files, $"{name}.json")), network);
        Assert.True(parity.Ok, parity.Reason);
        Assert.True(parity.Difference < 1e-4, $"{name}: {parity.Difference}");
        Assert.Equal(row.Parameters, network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(row.MultiplyAdds, Operations.MultiplyAdds(network, row.InputSize, row.InputSize));
    }

    public static TheoryData<string> SegmentationFiles => [.. Directory.GetFiles(Files, "*.json").Select(Path.GetFileNameWithoutExtension).Except(NetworkCatalog.Names).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>References: bench/peers/segmentation_parity.py, on torchvision's encoders. The file's name chooses the decoder, its tensors the kernel.</summary>
    [Theory, MemberData(nameof(SegmentationFiles))]
    public void Every_segmentation_network_has_the_names_shapes_counts_and_outputs_of_its_reference(string file)
    {
        var parity = ParityCheck.Compare(ParityFile.Read(Path.Combine(Files, $"{file}.json")));
        Assert.True(parity.Ok, parity.Reason);
        Assert.True(parity.Difference < 1e-4, $"{file}: {parity.Difference}");
        Assert.Equal(file, parity.Name);
    }

    [Theory, InlineData("unet"), InlineData("ternausnet11"), InlineData("ternausnet16"), InlineData("albunet34"), InlineData("linknet34")]
    public void There_is_a_reference_for_both_decoders_of_the_authors_networks(string name)
    {
        foreach (var kind in SegmentationCatalog.Find(name).Decoders.Except([DecoderKind.Nearest]))
        {
            string[] files = [$"{name}_{kind.ToString().ToLowerInvariant()}", .. kind == SegmentationCatalog.Find(name).Decoders[0] ? new[] { name } : []];
            Assert.Contains(files, file => SegmentationFiles.Any(row => row.Data == file));
        }
    }

    [Fact]
    public void Every_network_of_the_folder_ALTAR_PARITY_agrees_with_its_file()
    {
        var folder = Environment.GetEnvironmentVariable("ALTAR_PARITY");
        if (string.IsNullOrEmpty(folder)) Assert.Skip("ALTAR_PARITY names no folder with parity files.");
        var report = ParityCheck.Run(folder, cancel: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(report.Networks, network => !network.Ok);
    }

    [Fact]
    public void A_missing_tensor_is_said() => Assert.Equal("the tensor extra.weight is missing", Changed(file => file["tensors"]!["extra.weight"] = new JsonArray(1, 2)).Reason);

    [Fact]
    public void A_tensor_too_much_is_said() => Assert.Equal("the tensor bn1.weight is too much", Changed(file => file["tensors"]!.AsObject().Remove("bn1.weight")).Reason);

    [Fact]
    public void A_wrong_shape_is_said() => Assert.Equal("bn1.weight is [16] instead of [17]", Changed(file => file["tensors"]!["bn1.weight"] = new JsonArray(17)).Reason);

    [Fact]
    public void A_wrong_count_is_said() => Assert.Equal("there are 269,722 parameters instead of 269,721", Changed(file => file["parameters"] = 269_721).Reason);

    [Fact]
    public void A_wrong_output_is_said_with_its_difference()
    {
        var changed = Changed(file => file["samples"]![3] = (float)file["samples"]![3]! + 2 * (double)file["std"]!);
        Assert.False(changed.Ok);
        Assert.Equal(2, changed.Difference!.Value, 1e-3);
    }

    [Fact]
    public void An_unknown_network_is_not_ok_and_the_nearest_is_named()
    {
        var changed = Changed(file => file["name"] = "resnet20_zifar");
        Assert.False(changed.Ok);
        Assert.Contains("resnet20_cifar", changed.Reason);
    }

    [Fact]
    public void The_report_has_the_names_that_other_programs_rely_on()
    {
        var json = JsonSerializer.SerializeToNode(new ParityReport([new("a", true, 0.5, null)]))!;
        Assert.Equal("""{"networks":[{"name":"a","ok":true,"difference":0.5,"reason":null}]}""", json.ToJsonString());
    }

    [Theory, InlineData("{}"), InlineData("[1]"), InlineData("no json"), InlineData("null")]
    public void A_file_of_another_kind_is_an_error_that_names_it(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "x.json"), text);
        Assert.Contains("x.json", Assert.Throws<BadInputException>(() => ParityCheck.Run(_folder, cancel: TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void An_empty_folder_is_an_error() => Assert.Throws<BadInputException>(() => ParityCheck.Run(_folder, cancel: TestContext.Current.CancellationToken));

    private NetworkParity Changed(Action<JsonNode> change)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Files, "resnet20_cifar.json")))!;
        change(file);
        File.WriteAllText(Path.Combine(_folder, "changed.json"), file.ToJsonString());
        return Assert.Single(ParityCheck.Run(_folder, cancel: TestContext.Current.CancellationToken).Networks);
    }
}
