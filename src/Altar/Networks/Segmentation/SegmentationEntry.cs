namespace Altar.Networks.Segmentation;

/// <summary>A segmentation network of the catalogue: a row of <c>altar models</c>.</summary>
/// <param name="Name">What <c>model.name</c> says.</param>
/// <param name="Decoders">What <c>model.decoder</c> may say, the default first; empty where there is no choice.</param>
/// <param name="Kernels">What <c>model.kernel</c> may say with <c>decoder: deconv</c>, the default first.</param>
/// <param name="Encoder">The classifier whose weights start the encoder; null where nothing is published.</param>
/// <param name="Source">Paper or repository.</param>
public sealed record SegmentationEntry(string Name, IReadOnlyList<DecoderKind> Decoders, IReadOnlyList<int> Kernels, string? Encoder, string Source)
{
    /// <summary>Side of the square picture that <see cref="MultiplyAdds"/> is for, in pixels.</summary>
    public const int InputSize = 256;

    /// <summary>Learned numbers with the default decoder, 3 channels and 1 class; null for a combination of encoder and decoder.</summary>
    public long? Parameters { get; init; }

    /// <summary>Multiply-adds of the same for one picture of <see cref="InputSize"/>, counted as in <see cref="NetworkEntry.MultiplyAdds"/>; null for a combination.</summary>
    public long? MultiplyAdds { get; init; }

    /// <summary>Filters of the first level; null where they are not a choice.</summary>
    public int? Filters { get; init; }

    /// <summary>A transposed convolution of the decoder, for whoever has to know a file's kernel.</summary>
    internal string? TransposedTensor { get; init; }

    /// <summary>Builds it.</summary>
    internal Func<SegmentationShape, SegmentationNetwork> Build { get; init; } = _ => throw new InvalidOperationException("An entry of the catalogue without its builder.");
}

/// <summary>The options of a segmentation network, checked and with the defaults of its entry.</summary>
internal sealed record SegmentationShape(Upsampling Upsampling, int Filters, int Classes, int Channels, PaddingStyle Padding);
