using Altar.Augmentation;

namespace Altar.Reports;

/// <summary>An augmentation to be shown.</summary>
/// <param name="Name">Its name, e.g. the preset's: letters, digits and '-'; it becomes part of a file's name.</param>
/// <param name="Options">What may happen to a picture.</param>
public sealed record AugmentationPreview(string Name, AugmentationOptions Options);
