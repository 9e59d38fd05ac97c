using Altar.Metrics;

namespace Altar.Ensembling;

/// <summary>Means of probabilities.</summary>
public static class ProbabilityMean
{
    /// <summary>The mean of plain numbers: of 0.1 and 0.9 it is 0.5, geometric 0.3.</summary>
    /// <param name="values">Probabilities, at least one; in a geometric mean those below <see cref="ClassificationTally.SmallestProbability"/> count as that.</param>
    /// <param name="kind">Which mean.</param>
    public static double Of(ReadOnlySpan<double> values, MeanKind kind)
    {
        if (values.IsEmpty) throw new ArgumentException("There is no mean of nothing.", nameof(values));
        var sum = 0.0;
        foreach (var value in values) sum += Term(value, kind);
        return kind == MeanKind.Geometric ? Math.Exp(sum / values.Length) : sum / values.Length;
    }

    /// <summary>The mean of rows of class probabilities.</summary>
    /// <param name="rows">At least one, of equal length, each summing to 1.</param>
    /// <param name="kind">Which mean; a geometric one is divided by its sum.</param>
    /// <returns>Summing to 1; of a single row the row itself.</returns>
    public static float[] OfRows(IReadOnlyList<float[]> rows, MeanKind kind)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows is [var only]) return only;
        var sums = new double[rows[0].Length];
        foreach (var row in rows) Add(sums, row, kind);
        return Finish(sums, rows.Count, kind);
    }

    /// <summary>Adds a row to sums that <see cref="Finish"/> makes a mean of.</summary>
    internal static void Add(Span<double> sums, ReadOnlySpan<float> row, MeanKind kind)
    {
        for (var k = 0; k < sums.Length; k++) sums[k] += Term(row[k], kind);
    }

    internal static float[] Finish(ReadOnlySpan<double> sums, int count, MeanKind kind)
    {
        var mean = new float[sums.Length];
        var total = 0.0;
        for (var k = 0; k < sums.Length; k++) total += kind == MeanKind.Geometric ? Math.Exp(sums[k] / count) : 0;
        for (var k = 0; k < sums.Length; k++) mean[k] = (float)(kind == MeanKind.Geometric ? Math.Exp(sums[k] / count) / total : sums[k] / count);
        return mean;
    }

    private static double Term(double value, MeanKind kind) =>
        kind == MeanKind.Geometric ? Math.Log(Math.Max(value, ClassificationTally.SmallestProbability)) : value;
}
