namespace Altar.Datasets;

/// <summary>One labelled picture.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">Index into <see cref="PictureSet.Classes"/>; -1 where the label is unknown.</param>
/// <param name="Group">What must stay on one side of a split, e.g. the sender; null where nothing groups.</param>
public sealed record Sample(string Path, int Label, string? Group = null);
