using Altar.Datasets;
using Altar.Inference;
using Altar.Tensors;

namespace Altar.Search;

/// <summary>Puts photos into an index.</summary>
public static class IndexBuilder
{
    private const int AtOnce = 1024;

    /// <summary>Makes an index and saves it.</summary>
    /// <param name="place">A folder, or the address of a PostgreSQL table; see <see cref="IndexPlace"/>.</param>
    /// <param name="embedder">The network.</param>
    /// <param name="photos">The photos.</param>
    /// <param name="options">Kind, scalar, dimensions.</param>
    /// <param name="inference">Batch and threads; null for the defaults.</param>
    /// <param name="setAside">Where photos that cannot be read are listed.</param>
    /// <param name="progress">Told how many photos are done.</param>
    /// <param name="cancel">Ends it early; then nothing is written.</param>
    /// <returns>The index, to be disposed of.</returns>
    /// <exception cref="BadInputException">There is an index already, or not one photo can be read, or too few for the dimensions.</exception>
    public static IVectorIndex Build(
        string place, PhotoEmbedder embedder, PhotoList photos, IndexOptions options,
        PredictOptions? inference = null, SetAside? setAside = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentNullException.ThrowIfNull(options);
        setAside ??= new SetAside();
        var card = options.ToCard(embedder.Identity, photos.Count);
        IndexPlace.RequireFree(place);
        var embedded = embedder.Embed(photos, inference, setAside, progress, cancel);
        if (!card.IsProjected) return Fill(IndexPlace.Create(place, card, embedder, null), embedded, null, photos, setAside);

        using var spool = new FeatureSpool(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), embedder.Identity.Length);
        foreach (var photo in embedded) spool.Add(photo);
        var projection = Projection.Fit(spool.Features(), card.Dimensions, card.IsWhitened);
        return Fill(IndexPlace.Create(place, card, embedder, projection), spool.Photos(), projection, photos, setAside);
    }

    /// <summary>Adds photos to an index and saves it; those that are there already are replaced.</summary>
    /// <param name="index">The index, opened to be written.</param>
    /// <param name="projection">The index's projection, if it has one.</param>
    /// <param name="embedder">The network that it was made with.</param>
    /// <param name="photos">The photos.</param>
    /// <param name="inference">Batch and threads; null for the defaults.</param>
    /// <param name="setAside">Where photos that cannot be read are listed.</param>
    /// <param name="progress">Told how many photos are done.</param>
    /// <param name="cancel">Ends it early; then the index is as it was.</param>
    /// <returns>How many photos were put in.</returns>
    /// <exception cref="BadInputException">The index was made with another network.</exception>
    public static int Add(
        IVectorIndex index, Projection? projection, PhotoEmbedder embedder, PhotoList photos,
        PredictOptions? inference = null, SetAside? setAside = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(photos);
        index.Card.RequireSame(index.Source, embedder.Identity);
        setAside ??= new SetAside();
        var added = Append(index, embedder.Embed(photos, inference, setAside, progress, cancel), projection);
        if (added == 0) throw NothingReadable(photos, setAside);
        index.Save();
        return added;
    }

    private static IVectorIndex Fill(IVectorIndex index, IEnumerable<EmbeddedPhoto> photos, Projection? projection, PhotoList list, SetAside setAside)
    {
        try
        {
            if (Append(index, photos, projection) == 0) throw NothingReadable(list, setAside);
            index.Save();
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    private static int Append(IVectorIndex index, IEnumerable<EmbeddedPhoto> photos, Projection? projection)
    {
        var added = 0;
        foreach (var some in photos.Chunk(AtOnce))
        {
            index.Add([.. some.Select(photo => new IndexedPhoto(Rebased(photo.Image, index.Card.Root), projection?.Apply(photo.Feature) ?? photo.Feature, photo.Columns) { Look = photo.Look })]);
            added += some.Length;
        }

        return added;
    }

    // Relative images of an index are relative to one folder, wherever photos are added from.
    private static string Rebased(string image, string root) =>
        Path.IsPathRooted(image) || root.Length == 0 || root == Environment.CurrentDirectory ? image : Path.GetRelativePath(root, Path.GetFullPath(image));

    private static BadInputException NothingReadable(PhotoList photos, SetAside setAside) => setAside.Items is [var first, ..]
        ? new BadInputException($"{photos.Source}: not one of {setAside.Count} photos can be read; the first: {first.Path} ({first.Reason}).")
        : new BadInputException($"{photos.Source}: no photos.");
}
