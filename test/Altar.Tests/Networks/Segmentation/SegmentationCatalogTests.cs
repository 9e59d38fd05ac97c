using Altar.Networks;
using Altar.Networks.Segmentation;
using Altar.Tensors;

namespace Altar.Tests.Networks.Segmentation;

public sealed class SegmentationCatalogTests
{
    /// <summary>Counts worked out from the tables of layers; 32 weights and a bias for each further class of TernausNet.</summary>
    [Theory]
    [InlineData("ternausnet11", null, null, 3, 1, 22_927_393)]
    [InlineData("ternausnet11", null, 4, 3, 1, 25_364_513)]
    [InlineData("ternausnet11", null, 4, 3, 4, 25_364_612)]
    [InlineData("ternausnet11", null, 4, 3, 8, 25_364_744)]
    [InlineData("ternausnet11", DecoderKind.Bilinear, null, 3, 1, 22_927_393)]   // as many as with a transposed kernel of 3
    [InlineData("ternausnet16", null, null, 3, 1, 29_306_465)]
    [InlineData("ternausnet16", DecoderKind.Deconv, null, 3, 1, 32_202_337)]
    [InlineData("albunet34", null, null, 3, 1, 34_604_897)]
    [InlineData("albunet34", DecoderKind.Deconv, null, 3, 1, 37_615_457)]
    [InlineData("linknet34", null, 3, 3, 1, 21_642_401)]
    [InlineData("linknet34", null, null, 3, 1, 21_794_721)]
    [InlineData("unet_paper", null, null, 1, 2, 31_030_658)]
    [InlineData("unet_paper", null, null, 3, 1, 31_031_745)]
    [InlineData("unet_paper", null, null, 6, 1, 31_033_473)]
    [InlineData("unet", null, null, 3, 1, 31_037_633)]
    [InlineData("unet", null, null, 3, 2, 31_037_698)]
    [InlineData("unet", null, null, 6, 1, 31_039_361)]
    [InlineData("unet", DecoderKind.Bilinear, null, 3, 2, 17_263_042)]
    [InlineData("unet", DecoderKind.Bilinear, null, 3, 1, 17_262_977)]
    [InlineData("unet_nizhib", null, null, 3, 1, 2_161_649)]
    [InlineData("unet_nizhib", null, null, 6, 1, 2_162_081)]
    [InlineData("unet_nizhib", null, null, 2, 1, 2_161_505)]
    [InlineData("unet_lopuhin", null, null, 3, 6, 7_852_710)]
    [InlineData("unet+resnet34", null, null, 3, 1, 24_436_369)]                  // segmentation_models.pytorch 0.3
    [InlineData("fpn+resnet34", null, null, 3, 1, 23_155_393)]
    [InlineData("unet+mobilenet_v2", null, null, 3, 1, 6_628_945)]
    [InlineData("fpn+mobilenet_v2", null, null, 3, 1, 4_215_425)]
    public void Every_variant_has_the_parameters_of_its_authors(string name, DecoderKind? decoder, int? kernel, int channels, int classes, long parameters)
    {
        using var network = SegmentationCatalog.Create(new() { Name = name, Decoder = decoder, Kernel = kernel, Channels = channels }, classes);
        Assert.Equal(parameters, Parameters(network));
    }

    [Theory, InlineData(32, 8_636_385), InlineData(64, 34_525_121)]
    public void Filters_widen_a_textbook_network(int filters, long parameters)
    {
        using var network = SegmentationCatalog.Create(new() { Name = "unet_nizhib", Filters = filters }, 1);
        Assert.Equal(parameters, Parameters(network));
    }

    [Theory]
    [InlineData("unet"), InlineData("unet_paper"), InlineData("unet_nizhib"), InlineData("unet_lopuhin")]
    [InlineData("ternausnet11"), InlineData("ternausnet16"), InlineData("albunet34"), InlineData("linknet34")]
    public void The_row_of_a_network_says_what_it_costs(string name)
    {
        var entry = SegmentationCatalog.Find(name);
        using var network = SegmentationCatalog.Create(new() { Name = name }, 1);
        Assert.Equal(entry.Parameters, Parameters(network));
        Assert.Equal(entry.MultiplyAdds, Operations.MultiplyAdds(network, SegmentationEntry.InputSize, SegmentationEntry.InputSize));
    }

    [Theory, InlineData("unet"), InlineData("ternausnet16"), InlineData("albunet34"), InlineData("linknet34"), InlineData("unet+mobilenet_v2"), InlineData("fpn+resnet18")]
    public void The_encoder_takes_every_trunk_tensor_of_its_classifier(string name)
    {
        using var network = SegmentationCatalog.Create(new() { Name = name }, 1);
        Assert.Equal(SegmentationCatalog.Find(name).Encoder, network.EncoderNetwork);
        if (network.EncoderNetwork is null) return;
        using var trunk = NetworkCatalog.Find(network.EncoderNetwork).Build(0, 3, PaddingStyle.Torch);
        var own = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.shape);
        Assert.NotEmpty(trunk.state_dict());
        Assert.All(trunk.state_dict(), entry => Assert.Equal(entry.Value.shape, own[network.EncoderTensor(entry.Key)!]));
        Assert.All(new[] { trunk.HeadPrefix + "weight", trunk.HeadPrefix + "bias" }, head => Assert.Null(network.EncoderTensor(head)));
    }

    [Theory, InlineData("unet"), InlineData("ternausnet11"), InlineData("albunet34"), InlineData("linknet34"), InlineData("unet+vgg11_bn"), InlineData("fpn+mobilenet_v2")]
    public void Blocks_come_first_and_are_the_encoder_and_the_head_depends_on_the_classes(string name)
    {
        using var one = SegmentationCatalog.Create(new() { Name = name }, 1);
        using var two = SegmentationCatalog.Create(new() { Name = name }, 2);
        var names = one.named_parameters().Select(named => named.name).ToList();
        var inBlocks = names.Select(parameter => one.Blocks.Any(block => parameter.StartsWith(block, StringComparison.Ordinal))).ToList();
        Assert.All(one.Blocks, block => Assert.Contains(names, parameter => parameter.StartsWith(block, StringComparison.Ordinal)));
        Assert.Equal(inBlocks.OrderDescending(), inBlocks);
        var shapes = two.named_parameters().ToDictionary(named => named.name, named => named.parameter.shape);
        var differing = one.named_parameters().Where(named => !named.parameter.shape.SequenceEqual(shapes[named.name])).Select(named => named.name);
        Assert.Equal([$"{one.HeadPrefix}weight", $"{one.HeadPrefix}bias"], differing.Select(parameter => parameter.Replace("conv.", "", StringComparison.Ordinal).Replace("head.0.", "head.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_classifier_is_an_encoder_of_both_decoders()
    {
        Assert.All(NetworkCatalog.Names, name => Assert.True(SegmentationCatalog.Contains($"unet+{name}") && SegmentationCatalog.Contains($"fpn+{name}")));
        Assert.Equal(8 + 2 * NetworkCatalog.Names.Count, SegmentationCatalog.Names.Count);
        Assert.False(SegmentationCatalog.Contains("resnet34"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_first_weights()
    {
        using var first = SegmentationCatalog.Create(new() { Name = "unet+resnet20_cifar" }, 2, new Seed(3));
        using var again = SegmentationCatalog.Create(new() { Name = "unet+resnet20_cifar" }, 2, new Seed(3));
        using var scope = TorchSharp.torch.NewDisposeScope();
        Assert.All(first.state_dict(), entry => Assert.True(entry.Value.equal(again.state_dict()[entry.Key]).all().item<bool>(), entry.Key));
    }

    // Memory that nobody has written may hold any number.
    [Theory, InlineData("unet"), InlineData("linknet34"), InlineData("unet+mobilenet_v2"), InlineData("fpn+resnet20_cifar")]
    public void First_weights_are_small_and_norms_start_as_the_identity(string name)
    {
        using var network = SegmentationCatalog.Create(new() { Name = name, ClassHead = true }, 2, new Seed(1));
        using var scope = TorchSharp.torch.NewDisposeScope();
        Assert.All(network.named_parameters(), named => Assert.True(named.parameter.abs().max().item<float>() < 5, named.name));   // normal, deviation at most 0.5
        var norms = network.named_parameters().Where(named => named.parameter.dim() == 1 && named.name.EndsWith("weight", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(norms);
        Assert.All(norms, named => Assert.True(named.parameter.eq(TorchSharp.torch.ones(1)).all().item<bool>(), named.name));
    }

    [Theory]
    [InlineData("ternausnet12", "did you mean ternausnet11?")]
    [InlineData("unet+resent34", "did you mean unet+resnet34?")]
    [InlineData("UNet", "did you mean unet?")]
    public void An_unknown_name_is_an_error_that_names_the_nearest(string name, string said) => Assert.Contains(said, Message(new() { Name = name }));

    [Fact]
    public void A_network_of_the_other_kind_is_an_error_that_says_so()
    {
        Assert.Contains("write unet+resnet34 or fpn+resnet34", Message(new() { Name = "resnet34" }));
        Assert.Contains("albunet34 scores pixels, not pictures; a classifier is needed here, e.g. resnet34", Assert.Throws<BadInputException>(() => NetworkCatalog.Create("albunet34", 2)).Message);
    }

    public static TheoryData<ModelOptions, string> Impossible => new()
    {
        { new() { Name = "linknet34", Decoder = DecoderKind.Bilinear }, "model.decoder: linknet34 has no bilinear decoder; write deconv, or remove the key." },
        { new() { Name = "albunet34", Decoder = DecoderKind.Nearest }, "write bilinear or deconv" },
        { new() { Name = "fpn+resnet18", Decoder = DecoderKind.Deconv }, "model.decoder: fpn+resnet18 has no deconv decoder; it has no choice" },
        { new() { Name = "albunet34", Kernel = 4 }, "model.kernel: only transposed convolutions have one, and the decoder of albunet34 is bilinear; write decoder: deconv" },
        { new() { Name = "linknet34", Kernel = 5 }, "model.kernel: linknet34 has no kernel of 5; write 4 or 3." },
        { new() { Name = "unet_lopuhin", Kernel = 2 }, "model.kernel: unet_lopuhin has no transposed convolution" },
        { new() { Name = "ternausnet11", Filters = 32 }, "model.filters: ternausnet11 has fixed widths; only unet, unet_paper" },
        { new() { Name = "unet", Filters = 0 }, "model.filters: 0 is outside 1 to 256." },
        { new() { Name = "unet", Channels = 0 }, "model.channels: 0 is below 1" },
        { new() { Name = "unet", Dropout = 1 }, "model.dropout: 1 is outside" },
        { new() { Name = "unet+resnet18", Padding = PaddingStyle.TensorFlow }, "model.padding: unet+resnet18 has no TensorFlow padding" },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void An_option_that_the_network_cannot_have_is_an_error_that_says_what_it_can(ModelOptions options, string said)
    {
        Assert.Contains(said, Message(options));
        Assert.Contains(said, SegmentationCatalog.Problem(options));
    }

    [Fact]
    public void No_classes_are_an_error() => Assert.Throws<BadInputException>(() => SegmentationCatalog.Create(new() { Name = "unet" }, 0));

    [Fact]
    public void Options_without_a_mistake_have_no_problem() => Assert.Null(SegmentationCatalog.Problem(new() { Name = "unet+mobilenet_v2", Padding = PaddingStyle.TensorFlow, Decoder = DecoderKind.Deconv, Kernel = 4 }));

    public static TheoryData<ModelOptions, string> OfSegmentation => new()
    {
        { new() { Decoder = DecoderKind.Deconv }, "model.decoder" },
        { new() { Kernel = 3 }, "model.kernel" },
        { new() { Filters = 3 }, "model.filters" },
        { new() { ClassHead = true }, "model.class_head" },
    };

    [Theory, MemberData(nameof(OfSegmentation))]
    public void An_option_of_segmentation_is_an_error_for_a_classifier_that_names_the_cure(ModelOptions options, string key)
    {
        var message = Assert.Throws<BadInputException>(() => NetworkCatalog.Create("resnet18", 2, options)).Message;
        Assert.StartsWith(key, message, StringComparison.Ordinal);
        Assert.Contains("unet+resnet18", message);
    }

    private static string Message(ModelOptions options) => Assert.Throws<BadInputException>(() => SegmentationCatalog.Create(options, 1)).Message;

    private static long Parameters(SegmentationNetwork network) => network.parameters().Sum(parameter => parameter.numel());
}
