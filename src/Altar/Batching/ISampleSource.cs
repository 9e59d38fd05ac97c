using Altar.Images;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Numbered samples that can be written into a batch: pictures with a class, pictures with a mask, or made-up numbers.</summary>
/// <remarks>The loader calls <see cref="TryFill"/> from several threads at once.</remarks>
public interface ISampleSource
{
    /// <summary>Number of samples; they are numbered from 0.</summary>
    int Count { get; }

    /// <summary>Width and height of every input.</summary>
    PixelSize Size { get; }

    /// <summary>Numbers for each pixel of the input: 3 for RGB, 6 for a pair.</summary>
    int Channels { get; }

    /// <summary>Shape of one sample's target: empty for a class, [H, W] for a class per pixel.</summary>
    IReadOnlyList<long> TargetShape { get; }

    /// <summary>Writes one sample.</summary>
    /// <param name="sample">Its number.</param>
    /// <param name="chance">All chance of this view; the same seed must give the same numbers.</param>
    /// <param name="input">H x W x C numbers, channels last: row by row from the top, within a row pixel by pixel. Holds an earlier sample: write all of it.</param>
    /// <param name="target">As many numbers as <see cref="TargetShape"/> says; one for a class.</param>
    /// <returns>False if the sample cannot be read and the batch goes without it; the source keeps account of that.</returns>
    bool TryFill(int sample, Seed chance, Span<float> input, Span<long> target);
}
