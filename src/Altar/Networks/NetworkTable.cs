using Altar.Networks.Backbones;
using Altar.Tensors;

namespace Altar.Networks;

/// <summary>The rows of the catalogue. Counts are checked against the built networks by tests; files, hashes and top-1 are torchvision 0.14's.</summary>
internal static class NetworkTable
{
    private const string ResNetPaper = "arXiv:1512.03385", WidePaper = "arXiv:1605.07146", ResNeXtPaper = "arXiv:1611.05431", VggPaper = "arXiv:1409.1556";

    private static readonly int[] Deep50 = [3, 4, 6, 3], Deep101 = [3, 4, 23, 3], Deep152 = [3, 8, 36, 3];

    /// <summary>All networks: residual ones by depth, VGG, MobileNet, CIFAR.</summary>
    public static IReadOnlyList<NetworkEntry> All { get; } =
    [
        Residual("resnet18", 11_689_512, 1_814_073_344, ResNetPaper, new([2, 2, 2, 2], false), TorchVision("resnet18-f37072fd", 69.758)),
        Residual("resnet34", 21_797_672, 3_663_761_408, ResNetPaper, new(Deep50, false), TorchVision("resnet34-b627a593", 73.314)),
        Residual("resnet50", 25_557_032, 4_089_184_256, ResNetPaper, new(Deep50, true), TorchVision("resnet50-0676ba61", 76.130), TorchVision("resnet50-11ad3fa6", 80.858)),
        Residual("resnet101", 44_549_160, 7_801_405_440, ResNetPaper, new(Deep101, true), TorchVision("resnet101-63fe2227", 77.374), TorchVision("resnet101-cd907fc2", 81.886)),
        Residual("resnet152", 60_192_808, 11_513_626_624, ResNetPaper, new(Deep152, true), TorchVision("resnet152-394f9c45", 78.312), TorchVision("resnet152-f82ba261", 82.284)),
        Residual("wide_resnet50_2", 68_883_240, 11_398_021_120, WidePaper, new(Deep50, true, 1, 128), TorchVision("wide_resnet50_2-95faca4d", 78.468), TorchVision("wide_resnet50_2-9ba9bcbe", 81.602)),
        Residual("resnext50_32x4d", 25_028_904, 4_230_479_872, ResNeXtPaper, new(Deep50, true, 32, 4), TorchVision("resnext50_32x4d-7cdf4587", 77.618), TorchVision("resnext50_32x4d-1a0047aa", 81.198)),
        Residual("resnext101_32x4d", 44_177_704, 7_969_996_800, ResNeXtPaper, new(Deep101, true, 32, 4), Gluon("gluon_resnext101_32x4d-b253c8c4", 80.33)),
        Residual("resnext101_32x8d", 88_791_336, 16_414_015_488, ResNeXtPaper, new(Deep101, true, 32, 8), TorchVision("resnext101_32x8d-8ba56ff5", 79.312), TorchVision("resnext101_32x8d-110c445d", 82.834)),
        Residual("resnext101_64x4d", 83_455_272, 15_460_270_080, ResNeXtPaper, new(Deep101, true, 64, 4), TorchVision("resnext101_64x4d-173b62eb", 83.246)),
        Plain("vgg11", 132_863_336, 7_609_090_048, [1, 1, 2, 2, 2], false, TorchVision("vgg11-8a719046", 69.020)),
        Plain("vgg11_bn", 132_868_840, 7_609_090_048, [1, 1, 2, 2, 2], true, TorchVision("vgg11_bn-6002323d", 70.370)),
        Plain("vgg13", 133_047_848, 11_308_466_176, [2, 2, 2, 2, 2], false, TorchVision("vgg13-19584684", 69.928)),
        Plain("vgg13_bn", 133_053_736, 11_308_466_176, [2, 2, 2, 2, 2], true, TorchVision("vgg13_bn-abd245e5", 71.586)),
        Plain("vgg16", 138_357_544, 15_470_264_320, [2, 2, 3, 3, 3], false, TorchVision("vgg16-397923af", 71.592)),
        Plain("vgg16_bn", 138_365_992, 15_470_264_320, [2, 2, 3, 3, 3], true, TorchVision("vgg16_bn-6c64b313", 73.360)),
        Plain("vgg19", 143_667_240, 19_632_062_464, [2, 2, 4, 4, 4], false, TorchVision("vgg19-dcbb9e9d", 72.376)),
        Plain("vgg19_bn", 143_678_248, 19_632_062_464, [2, 2, 4, 4, 4], true, TorchVision("vgg19_bn-c79401a0", 74.218)),
        new("mobilenet_v2", 3_504_872, 300_774_272, 224, 1000, "arXiv:1801.04381", [TorchVision("mobilenet_v2-b0353104", 71.878), TorchVision("mobilenet_v2-7ebf99e0", 72.154)])
        {
            Build = (classes, channels, padding) => new MobileNetV2("mobilenet_v2", classes, channels, padding),
        },
        Cifar("resnet20_cifar", 269_722, 40_551_040, 3, Idelbayev("resnet20-12fca82f", 91.73)),
        Cifar("resnet56_cifar", 853_018, 125_485_696, 9, Idelbayev("resnet56-4bfd9763", 93.39)),
    ];

    private static NetworkEntry Residual(string name, long parameters, long multiplyAdds, string paper, ResNetPlan plan, params PublishedFile[] published) =>
        new(name, parameters, multiplyAdds, 224, 1000, paper, published) { Build = (classes, channels, padding) => new ResNet(TorchPaddingOnly(name, padding), plan, classes, channels) };

    private static NetworkEntry Plain(string name, long parameters, long multiplyAdds, int[] depths, bool normalised, PublishedFile published) =>
        new(name, parameters, multiplyAdds, 224, 1000, VggPaper, [published]) { Build = (classes, channels, padding) => new Vgg(TorchPaddingOnly(name, padding), depths, normalised, classes, channels) };

    private static NetworkEntry Cifar(string name, long parameters, long multiplyAdds, int blocks, PublishedFile published) =>
        new(name, parameters, multiplyAdds, 32, 10, ResNetPaper, [published]) { Build = (classes, channels, padding) => new CifarResNet(TorchPaddingOnly(name, padding), blocks, classes, channels) };

    private static string TorchPaddingOnly(string name, PaddingStyle padding) => padding == PaddingStyle.Torch
        ? name
        : throw new BadInputException($"model.padding: {name} has no TensorFlow padding; only mobilenet_v2 has. Write torch.");

    private static PublishedFile TorchVision(string name, double top1) =>
        Published($"https://download.pytorch.org/models/{name}.pth", "BSD-3-Clause; trained on ImageNet-1k, whose terms ask for non-commercial research", "torchvision", top1);

    private static PublishedFile Gluon(string name, double top1) =>
        Published($"https://github.com/rwightman/pytorch-pretrained-gluonresnet/releases/download/v0.1/{name}.pth", "Apache-2.0; trained on ImageNet-1k, whose terms ask for non-commercial research", "GluonCV, converted by Ross Wightman", top1);

    private static PublishedFile Idelbayev(string name, double top1) =>
        Published($"https://github.com/akamaster/pytorch_resnet_cifar10/raw/master/pretrained_models/{name}.th", "BSD-2-Clause", "Yerlan Idelbayev, pytorch_resnet_cifar10", top1);

    // As torch.hub has it: a file's name ends in the first digits of its SHA-256.
    private static PublishedFile Published(string url, string licence, string source, double top1)
    {
        var file = url[(url.LastIndexOf('/') + 1)..];
        return new(file, new Uri(url), file[(file.LastIndexOf('-') + 1)..file.LastIndexOf('.')], licence, source, top1);
    }
}
