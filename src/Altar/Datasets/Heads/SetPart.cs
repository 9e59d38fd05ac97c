namespace Altar.Datasets.Heads;

/// <summary>Which samples of a union are of one set.</summary>
/// <param name="Source">The set, for messages.</param>
/// <param name="First">Number of its first sample.</param>
/// <param name="Count">Number of its samples.</param>
/// <param name="Weight">Its share of an epoch, relative to the others; null where every sample comes once.</param>
public sealed record SetPart(string Source, int First, int Count, double? Weight);
