using Altar.Images;
using Altar.Tensors;

namespace Altar.Search;

/// <summary>An index with its network: finds the photos that look like a given one.</summary>
public sealed class PhotoSearch : IDisposable
{
    private readonly PhotoEmbedder _embedder;
    private readonly Projection? _projection;

    private PhotoSearch(IVectorIndex index, PhotoEmbedder embedder, Projection? projection) => (Index, _embedder, _projection) = (index, embedder, projection);

    /// <summary>Opens an index to be searched.</summary>
    /// <param name="place">A folder or an address; see <see cref="IndexPlace"/>.</param>
    /// <param name="run">The run or checkpoint of the network. Null (default): the copy in the index's folder.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <param name="expansion">Candidates looked at while searching, instead of the index's own. Default null.</param>
    /// <exception cref="BadInputException">There is no index, it is empty, or it was made with another network.</exception>
    public static PhotoSearch Open(string place, string? run = null, string device = "auto", int? expansion = null)
    {
        var index = IndexPlace.Open(place, isWritable: false, expansion);
        try
        {
            if (index.Count == 0) throw new BadInputException($"{index.Source}: the index is empty. Add photos: altar search build --add --images PHOTOS --out {index.Source}");
            return new PhotoSearch(index, IndexPlace.NetworkOf(index, run, device), IndexPlace.ProjectionOf(index));
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>The index.</summary>
    public IVectorIndex Index { get; }

    /// <summary>The photos that look most like a picture, the most similar first.</summary>
    /// <param name="picture">Upright, at any size.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="filter">Which photos may be found; null: all.</param>
    public IReadOnlyList<SearchHit> Find(Raster picture, int count = 10, SearchFilter? filter = null)
    {
        var feature = _embedder.Embed(picture);
        return Index.Search(_projection?.Apply(feature) ?? feature, count, filter);
    }

    /// <summary>Reads the picture of a query.</summary>
    /// <param name="path">A photo.</param>
    /// <param name="box">The part to search with; null: all of it.</param>
    /// <exception cref="BadInputException">It is no photo, or the box leaves it.</exception>
    public static Raster ReadQuery(string path, QueryBox? box = null)
    {
        if (!File.Exists(path)) throw new BadInputException($"{path}: no such file; name a photo.");
        try
        {
            var picture = RasterReader.Read(path);
            return box?.Cut(picture, path) ?? picture;
        }
        catch (DamagedPictureException damage)
        {
            throw new BadInputException($"{path}: no photo to search with: {damage.Reason}. Name a JPEG, PNG, WebP, BMP or TIFF file.", damage);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be opened: {error.Message} Make it readable, or name another photo.", error);
        }
    }

    /// <summary>Frees the network and the index.</summary>
    public void Dispose()
    {
        _embedder.Dispose();
        Index.Dispose();
    }
}
