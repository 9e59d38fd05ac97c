using Altar.Metrics;

namespace Altar.Ensembling;

/// <summary>Members added up, so that one more costs one pass and not a mean over all of them.</summary>
internal sealed class EnsembleSum
{
    private readonly IReadOnlyList<string> _classes;
    private readonly MeanKind _kind;
    private readonly double[] _sums;   // [N, K]
    private readonly List<string> _names = [];

    public EnsembleSum(IReadOnlyList<string> classes, MeanKind kind, int pictures)
    {
        (_classes, _kind) = (classes, kind);
        _sums = new double[checked(pictures * classes.Count)];
    }

    public void Add(EnsembleMember member)
    {
        _names.Add(member.Name);
        for (var i = 0; i < member.Predictions.Count; i++) ProbabilityMean.Add(Row(i), member.Predictions[i].Probabilities, _kind);
    }

    /// <summary>Scores the members so far and one more, without adding it.</summary>
    /// <param name="with">One more member; its labels are the truth.</param>
    /// <param name="isCounted">Which pictures.</param>
    public EnsembleSubset With(EnsembleMember with, Predicate<int> isCounted)
    {
        var tally = new ClassificationTally(_classes);
        var row = new double[_classes.Count];
        for (var i = 0; i < with.Predictions.Count; i++)
        {
            if (!isCounted(i)) continue;
            Row(i).CopyTo(row);
            ProbabilityMean.Add(row, with.Predictions[i].Probabilities, _kind);
            tally.Add(with.Predictions[i].Label, ProbabilityMean.Finish(row, _names.Count + 1, _kind));
        }

        return new EnsembleSubset([.. _names, with.Name], tally.Scores());
    }

    private Span<double> Row(int picture) => _sums.AsSpan(picture * _classes.Count, _classes.Count);
}
