using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Search;

/// <summary>How well photos find those that belong to them. All numbers but counts are 0 to 1, higher is better.</summary>
/// <param name="Queries">Photos that have at least one other to find.</param>
/// <param name="WithoutMatch">Photos that have none, and were not asked for.</param>
/// <param name="RecallAt1">Share of queries whose first result belongs to them.</param>
/// <param name="RecallAt10">Share of queries with one that belongs to them among the first ten.</param>
/// <param name="MeanAveragePrecision">Mean over the queries of the average precision of the whole ranking.</param>
public sealed record RetrievalScores(int Queries, int WithoutMatch, double RecallAt1, double RecallAt10, double MeanAveragePrecision);

/// <summary>Scores embeddings by asking for each photo with itself left out. Exact: the same for every kind of index.</summary>
public static class RetrievalQuality
{
    private const int Shown = 10;

    /// <summary>Scores an index by one of its columns.</summary>
    /// <param name="photos">The photos; those without the column are left out.</param>
    /// <param name="column">What belongs together, e.g. category or seller.</param>
    /// <param name="apart">A column whose equals are no results of each other, e.g. the sender, whose photos of one thing are found too easily. Null (default): none.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BadInputException">No photo has the column, or no two have the same value.</exception>
    public static RetrievalScores Measure(IReadOnlyList<IndexedPhoto> photos, string column, string? apart = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(photos);
        var known = photos.SelectMany(photo => photo.Columns.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var name in new[] { column, apart }.OfType<string>().Where(name => !known.Contains(name))) throw PhotoTable.NoColumn("the index", name, known);
        var labelled = photos.Where(photo => photo.Columns.ContainsKey(column)).ToList();
        var scores = Measure(
            [.. labelled.Select(photo => photo.Vector)], [.. labelled.Select(photo => photo.Columns[column])],
            apart is null ? null : [.. labelled.Select(photo => photo.Columns.GetValueOrDefault(apart))], cancel);
        return scores.Queries > 0 ? scores : throw new BadInputException($"the column '{column}' has no value that two photos share; there is nothing to find.");
    }

    /// <summary>Scores vectors.</summary>
    /// <param name="vectors">Of length 1.</param>
    /// <param name="labels">What each belongs to.</param>
    /// <param name="apart">Equal values are no results of each other; null values are. Default none.</param>
    /// <param name="cancel">Ends it.</param>
    public static RetrievalScores Measure(IReadOnlyList<float[]> vectors, IReadOnlyList<string> labels, IReadOnlyList<string?>? apart = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(labels);
        var ranks = new List<int>?[vectors.Count];
        Parallel.For(0, vectors.Count, Threads.Limit(0, cancel), query => ranks[query] = RanksOfMatches(query, vectors, labels, apart));
        var asked = ranks.OfType<List<int>>().Where(found => found.Count > 0).ToList();
        return new RetrievalScores(
            asked.Count, vectors.Count - asked.Count, Mean(asked, found => found[0] == 1 ? 1 : 0), Mean(asked, found => found[0] <= Shown ? 1 : 0), Mean(asked, AveragePrecision));
    }

    private static double Mean(List<List<int>> ranks, Func<List<int>, double> score) => ranks.Count == 0 ? double.NaN : ranks.Average(score);

    // Precision at the rank of each match: of matches at ranks 1, 3 it is (1/1 + 2/3) / 2.
    private static double AveragePrecision(List<int> ranks) => ranks.Index().Average(match => (match.Index + 1.0) / match.Item);

    // Ranks, from 1, of the photos that belong to the query; equal scores count against it.
    private static List<int> RanksOfMatches(int query, IReadOnlyList<float[]> vectors, IReadOnlyList<string> labels, IReadOnlyList<string?>? apart)
    {
        var others = new List<(float Score, bool Matches)>(vectors.Count);
        for (var i = 0; i < vectors.Count; i++)
        {
            if (i == query || (apart?[i] is { } mine && mine == apart[query])) continue;
            others.Add((VectorCode.Dot(vectors[query], vectors[i]), labels[i] == labels[query]));
        }

        others.Sort((one, other) => other.Score.CompareTo(one.Score) is var order and not 0 ? order : one.Matches.CompareTo(other.Matches));
        return [.. others.Index().Where(entry => entry.Item.Matches).Select(entry => entry.Index + 1)];
    }
}
