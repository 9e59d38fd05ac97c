using Altar.Tensors;

namespace Altar.Search;

/// <summary>Where an index is: a folder, or <c>postgresql://user@host/database?table=photos</c>.</summary>
public static class IndexPlace
{
    /// <summary>Opens an index.</summary>
    /// <param name="place">A folder or an address.</param>
    /// <param name="isWritable">Whether photos will be added or taken out. Default false.</param>
    /// <param name="expansion">Candidates looked at while searching, instead of the index's own. Default null.</param>
    /// <exception cref="BadInputException">There is no index, it is damaged, or the server cannot be reached.</exception>
    public static IVectorIndex Open(string place, bool isWritable = false, int? expansion = null) => PostgresAddress.IsOne(place)
        ? PostgresIndex.Open(PostgresAddress.Parse(place), expansion)
        : FolderIndex.Open(place, isWritable, expansion);

    /// <summary>The projection of an index; null where it has none.</summary>
    /// <param name="index">An index that <see cref="Open"/> gave.</param>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public static Projection? ProjectionOf(IVectorIndex index) => index switch
    {
        { Card.IsProjected: false } => null,
        FolderIndex folder => Projection.Read(folder.Projection),
        PostgresIndex table => table.Projection,
        _ => throw new ArgumentException("An index that was not opened here.", nameof(index)),
    };

    /// <summary>The network of an index.</summary>
    /// <param name="index">The index.</param>
    /// <param name="run">The run or checkpoint to take. Null (default): the copy in the index's folder.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <exception cref="BadInputException">It is another network than the index was made with, or there is none.</exception>
    public static PhotoEmbedder NetworkOf(IVectorIndex index, string? run = null, string device = "auto")
    {
        ArgumentNullException.ThrowIfNull(index);
        var path = run ?? (index as FolderIndex)?.Network
            ?? throw new BadInputException($"{index.Source}: a table holds no network; name the run that made it: --run RUN");
        return Checked(index, PhotoEmbedder.Open(path, device));
    }

    internal static PhotoEmbedder Checked(IVectorIndex index, PhotoEmbedder embedder)
    {
        try
        {
            index.Card.RequireSame(index.Source, embedder.Identity);
            return embedder;
        }
        catch
        {
            embedder.Dispose();
            throw;
        }
    }

    internal static void RequireFree(string place)
    {
        if (PostgresAddress.IsOne(place)) PostgresIndex.RequireFree(PostgresAddress.Parse(place));
        else FolderIndex.RequireFree(place);
    }

    internal static IVectorIndex Create(string place, IndexCard card, PhotoEmbedder embedder, Projection? projection) => PostgresAddress.IsOne(place)
        ? PostgresIndex.Create(PostgresAddress.Parse(place), card, projection)
        : FolderIndex.Create(place, card, embedder, projection);
}
