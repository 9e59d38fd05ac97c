using Altar.Datasets.Duplicates;

namespace Altar.Search;

/// <summary>A photo and what the trunk made of it.</summary>
/// <param name="Image">Its file or key.</param>
/// <param name="Feature">The pooled feature, divided by its length.</param>
/// <param name="Columns">What else is known of it.</param>
public sealed record EmbeddedPhoto(string Image, float[] Feature, IReadOnlyDictionary<string, string> Columns)
{
    internal Look? Look { get; init; }
}
