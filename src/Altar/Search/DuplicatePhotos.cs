using Altar.Datasets.Duplicates;
using Altar.Tensors;

namespace Altar.Search;

/// <summary>Photos of an index that show the same.</summary>
/// <param name="Images">Their images, at least two.</param>
/// <param name="Score">The lowest cosine by which one of them joined the group.</param>
/// <param name="Bits">The most bits of 64 by which their perceptual hashes differ from the first's; null where one has none.</param>
public sealed record DuplicateGroup(IReadOnlyList<string> Images, double Score, int? Bits);

/// <summary>Finds near-duplicates by what they look like from afar and by their embeddings together.</summary>
/// <remarks>
/// The perceptual hash with its thumbnail knows copies that were made smaller, coded again or made brighter, and is blind to crops and mirrors;
/// the embedding sees through these, and takes two things of one kind on the same floor for one. Together: what looks the same is a copy; what has
/// nearly the same embedding is one; and what is similar in both is.
/// </remarks>
public static class DuplicatePhotos
{
    /// <summary>Groups the photos of an index. What is joined through a third photo is one group.</summary>
    /// <param name="index">The index.</param>
    /// <param name="options">Thresholds; null for the defaults.</param>
    /// <param name="progress">Told how many photos were looked up.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Groups of at least two, the largest first.</returns>
    /// <exception cref="BadInputException">The index is empty, or a threshold is out of range.</exception>
    public static IReadOnlyList<DuplicateGroup> Find(IVectorIndex index, DuplicateOptions? options = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        options = (options ?? new DuplicateOptions()).Validated();
        if (index.Count == 0) throw new BadInputException($"{index.Source}: the index is empty. Add photos: altar search build --add --images PHOTOS --out {index.Source}");
        List<IndexedPhoto> photos = [.. index.Photos().Select(photo => photo with { Vector = [] })];   // of a million photos the vectors are gigabytes
        var rows = photos.Index().ToDictionary(pair => pair.Item.Image, pair => pair.Index, StringComparer.Ordinal);
        var groups = new DisjointRows(photos.Count);
        JoinByLook(photos, rows, groups);
        foreach (var (row, photo) in index.Photos().Index())
        {
            cancel.ThrowIfCancellationRequested();
            JoinByEmbedding(index.Search(photo.Vector, options.Neighbours + 1), row, photos, rows, options, groups);
            if (row % 1000 == 999) progress?.Report(row + 1);
        }

        return [.. groups.Groups().OrderByDescending(group => group.Rows.Count).Select(group => ToGroup(group.Rows, group.Lowest, photos))];
    }

    private static void JoinByLook(List<IndexedPhoto> photos, Dictionary<string, int> rows, DisjointRows groups)
    {
        var looks = new LookIndex(photos.Select(photo => new Fingerprint(photo.Image, photo.Image, photo.Look)));
        foreach (var (row, photo) in photos.Index().Where(pair => pair.Item.Look is not null))
        {
            foreach (var near in looks.Near(photo.Look!)) groups.Join(row, rows[near.Path], 1);
        }
    }

    private static void JoinByEmbedding(IReadOnlyList<SearchHit> hits, int row, List<IndexedPhoto> photos, Dictionary<string, int> rows, DuplicateOptions options, DisjointRows groups)
    {
        foreach (var hit in hits)
        {
            var other = rows[hit.Image];
            if (other == row || hit.Score < Math.Min(options.Same, options.Similar)) continue;
            if (hit.Score >= options.Same || BitsBetween(photos[row], photos[other]) <= options.Bits) groups.Join(row, other, hit.Score);
        }
    }

    private static DuplicateGroup ToGroup(IReadOnlyList<int> members, double lowest, List<IndexedPhoto> photos)
    {
        var bits = members.Skip(1).Select(row => BitsBetween(photos[members[0]], photos[row])).ToList();
        return new DuplicateGroup([.. members.Select(row => photos[row].Image)], lowest, bits.Contains(null) ? null : bits.Max());
    }

    private static int? BitsBetween(IndexedPhoto one, IndexedPhoto other) =>
        one.Look is { } mine && other.Look is { } theirs ? PerceptualHash.Distance(mine.Hash, theirs.Hash) : null;
}
