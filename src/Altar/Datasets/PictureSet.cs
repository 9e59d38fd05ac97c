namespace Altar.Datasets;

/// <summary>Labelled pictures and the names of their classes.</summary>
/// <param name="Source">Where it came from, for messages: the folder or manifest.</param>
/// <param name="Classes">Names of the classes, in the order of the network's outputs.</param>
/// <param name="Samples">The pictures, in a fixed order.</param>
public sealed record PictureSet(string Source, IReadOnlyList<string> Classes, IReadOnlyList<Sample> Samples);
