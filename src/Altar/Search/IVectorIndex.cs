using Altar.Datasets.Duplicates;

namespace Altar.Search;

/// <summary>Photos that are found by their vectors: a folder (<see cref="FolderIndex"/>) or a table of PostgreSQL (<see cref="PostgresIndex"/>).</summary>
public interface IVectorIndex : IDisposable
{
    /// <summary>Where it is, for messages; without a password.</summary>
    string Source { get; }

    /// <summary>What it was made with.</summary>
    IndexCard Card { get; }

    /// <summary>Photos in it.</summary>
    int Count { get; }

    /// <summary>Bytes that it takes, apart from the copy of its network.</summary>
    long Bytes { get; }

    /// <summary>Adds photos; one whose image is there already replaces it.</summary>
    /// <param name="photos">With vectors of <see cref="IndexCard.Dimensions"/> numbers.</param>
    void Add(IReadOnlyList<IndexedPhoto> photos);

    /// <summary>Takes photos out.</summary>
    /// <param name="images">Their images, as they are in the index; others are passed over.</param>
    /// <returns>Those that were there.</returns>
    IReadOnlyList<string> Remove(IReadOnlyCollection<string> images);

    /// <summary>The photos nearest to a vector, nearest first. Safe from many threads while nothing is changed.</summary>
    /// <param name="query">As many numbers as <see cref="IndexCard.Dimensions"/>; its length does not matter.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="filter">Which photos may be found; null: all.</param>
    IReadOnlyList<SearchHit> Search(float[] query, int count, SearchFilter? filter = null);

    /// <summary>All photos, with vectors of length 1.</summary>
    IEnumerable<IndexedPhoto> Photos();

    /// <summary>Makes the changes last. Without it they are gone with the object.</summary>
    void Save();
}

/// <summary>A photo of an index.</summary>
/// <param name="Image">Its file or key: what names it.</param>
/// <param name="Vector">Its embedding.</param>
/// <param name="Columns">What else is known of it, e.g. category and seller.</param>
public sealed record IndexedPhoto(string Image, float[] Vector, IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>What it looks like from afar, for near-duplicates; null where nobody saw the picture.</summary>
    internal Look? Look { get; init; }
}

/// <summary>A photo that was found.</summary>
/// <param name="Image">Its file or key.</param>
/// <param name="Score">Cosine of the two embeddings, -1 to 1; 1 is the same.</param>
/// <param name="Columns">What else is known of it.</param>
public sealed record SearchHit(string Image, double Score, IReadOnlyDictionary<string, string> Columns);
