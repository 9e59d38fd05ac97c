using Altar.Metrics;

namespace Altar.Ensembling;

/// <summary>A member of an ensemble by what it said of a set: computed once, averaged as often as wanted.</summary>
/// <param name="Name">E.g. "snapshot-1".</param>
/// <param name="Predictions">The same pictures in the same order for every member.</param>
public sealed record EnsembleMember(string Name, IReadOnlyList<Prediction> Predictions);

/// <summary>Some members together.</summary>
/// <param name="Members">Their names, in the order in which they came in.</param>
/// <param name="Scores">What their mean scores.</param>
public sealed record EnsembleSubset(IReadOnlyList<string> Members, ClassificationScores Scores)
{
    /// <summary>The name of the member that came in last.</summary>
    public string Added => Members[^1];
}
