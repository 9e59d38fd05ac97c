namespace Altar.Networks;

/// <summary>Weights that somebody has published.</summary>
/// <param name="Name">File name, e.g. "resnet34-b627a593.pth": what <c>model.weights</c> may name.</param>
/// <param name="Url">Where it lies.</param>
/// <param name="Sha256">The SHA-256 of the file in lower-case hex, or its first digits as the publisher states them.</param>
/// <param name="Licence">Licence of the file.</param>
/// <param name="Source">Who published it.</param>
/// <param name="Top1">Share of correct predictions that the publisher states, in percent.</param>
public sealed record PublishedFile(string Name, Uri Url, string Sha256, string Licence, string Source, double Top1);
