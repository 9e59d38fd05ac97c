namespace Altar.Search;

/// <summary>How photos are indexed.</summary>
public sealed record IndexOptions
{
    /// <summary>Null (default): exact up to <see cref="MostForExact"/> photos, a graph above or where nobody knows their number.</summary>
    public IndexKind? Kind { get; init; }

    /// <summary>How numbers are kept. Default F16.</summary>
    public VectorScalar Scalar { get; init; } = VectorScalar.F16;

    /// <summary>Numbers to keep of each feature after PCA, 1 to its length. Null (default): all, without PCA.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Whether all directions of the PCA count alike. Default false.</summary>
    public bool Whitens { get; init; }

    /// <summary>Settings of the graph.</summary>
    public HnswOptions Hnsw { get; init; } = new();

    /// <summary>Photos that are compared one by one unless a kind is asked for: 20,000.</summary>
    public const int MostForExact = 20_000;

    /// <summary>The card of an index of so many photos.</summary>
    /// <param name="network">The network.</param>
    /// <param name="photos">How many; null where nobody knows.</param>
    public IndexCard ToCard(NetworkIdentity network, int? photos)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new IndexCard
        {
            Network = network,
            Dimensions = Dimensions ?? network.Length,
            IsWhitened = Whitens,
            Kind = Kind ?? (photos <= MostForExact ? IndexKind.Exact : IndexKind.Hnsw),
            Scalar = Scalar,
            Hnsw = Hnsw.Validated(),
            Root = Environment.CurrentDirectory,
        };
    }
}
