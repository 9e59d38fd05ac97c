namespace Altar.Datasets;

/// <summary>Targets of numbered samples. Safe to use from many threads.</summary>
public interface ISampleTargets
{
    /// <summary>Shape of one sample's target.</summary>
    IReadOnlyList<long> Shape { get; }

    /// <summary>Writes one sample's target.</summary>
    /// <param name="sample">Its number.</param>
    /// <param name="target">As many numbers as <see cref="Shape"/> says.</param>
    void Write(int sample, Span<long> target);
}
