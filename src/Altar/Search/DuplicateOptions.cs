using Altar.Tensors;

namespace Altar.Search;

/// <summary>When two photos are near-duplicates.</summary>
/// <remarks>
/// Of 306 photos of clothes, ImageNet's MobileNetV2: mirrored copies have a cosine of 0.914 (1 %) to 0.983; copies with 5 % cut off each side 0.838 to 0.974 and up to 20 bits;
/// the most similar of 46,665 pairs of different photos 0.867 and 22 bits. docs/search.md has the table and its command.
/// </remarks>
public sealed record DuplicateOptions
{
    /// <summary>Photos with at least this cosine are near-duplicates, whatever they look like from afar; 0 to 1. Default 0.92.</summary>
    public double Same { get; init; } = 0.92;

    /// <summary>Photos with at least this cosine are near-duplicates where their perceptual hashes differ in at most <see cref="Bits"/> bits. Default 0.85.</summary>
    public double Similar { get; init; } = 0.85;

    /// <summary>Bits of 64 that the hashes of similar photos may differ in. Default 18.</summary>
    public int Bits { get; init; } = 18;

    /// <summary>Neighbours of each photo that are looked at. Default 16.</summary>
    public int Neighbours { get; init; } = 16;

    /// <summary>The options, once they are in their ranges.</summary>
    /// <exception cref="BadInputException">One is not.</exception>
    public DuplicateOptions Validated() => this is { Same: > 0 and <= 1, Similar: > 0 and <= 1, Bits: >= 0 and <= 64, Neighbours: >= 1 }
        ? this
        : throw new BadInputException($"--threshold: {Same} is out of range; write a cosine above 0, up to 1.");
}
