using Altar.Networks.Segmentation;

namespace Altar.Networks.Parity;

/// <summary>Which network a parity file means.</summary>
internal static class ParityName
{
    private static readonly DecoderKind[] Decoders = Enum.GetValues<DecoderKind>();

    /// <summary>NET is a network with its own decoder, NET_bilinear, NET_deconv and NET_nearest choose it; the kernel of a transposed convolution is what the file's tensors have.</summary>
    /// <param name="file">The file.</param>
    public static ModelOptions Options(ParityFile file)
    {
        var channels = (int)file.InputShape[1];
        var chosen = Decoders.Select(kind => (Kind: kind, Suffix: $"_{kind.ToString().ToLowerInvariant()}")).FirstOrDefault(choice => file.Name.EndsWith(choice.Suffix, StringComparison.Ordinal));
        var name = chosen.Suffix is { } suffix ? file.Name[..^suffix.Length] : file.Name;
        if (!SegmentationCatalog.Contains(name)) return new() { Name = file.Name, Channels = channels };
        var kernel = SegmentationCatalog.Find(name).TransposedTensor is { } tensor && file.Tensors.TryGetValue(tensor, out var shape) && shape.Length == 4 ? (int?)shape[3] : null;
        var decoder = chosen.Suffix is not null ? chosen.Kind : kernel is not null ? DecoderKind.Deconv : (DecoderKind?)null;
        return new() { Name = name, Decoder = decoder, Kernel = decoder == DecoderKind.Deconv ? kernel : null, Channels = channels, ClassHead = file.Tensors.ContainsKey($"{SegmentationNetwork.ClassHeadPrefix}weight") };
    }
}
