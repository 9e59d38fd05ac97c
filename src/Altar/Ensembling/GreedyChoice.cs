using Altar.Metrics;

namespace Altar.Ensembling;

/// <summary>A member that the greedy choice took.</summary>
/// <param name="OnChosen">The ensemble with it, on the half that it was chosen on: too good to be believed.</param>
/// <param name="OnOther">The same on the other half, which took no part in the choice.</param>
public sealed record GreedyStep(EnsembleSubset OnChosen, EnsembleSubset OnOther);

/// <summary>Members chosen one by one, each the one that helps most, until none helps (Caruana et al., "Ensemble Selection from Libraries of Models", 2004, without replacement).</summary>
/// <param name="Steps">The members in the order in which they were taken; at least one.</param>
/// <param name="AllOnOther">All members on the half that took no part in the choice: what the choice has to be better than.</param>
public sealed record GreedyChoice(IReadOnlyList<GreedyStep> Steps, ClassificationScores AllOnOther)
{
    /// <summary>The names of the chosen members.</summary>
    public IReadOnlyList<string> Members => Steps[^1].OnChosen.Members;

    /// <summary>What the choice scores on the half that it was made on.</summary>
    public ClassificationScores OnChosen => Steps[^1].OnChosen.Scores;

    /// <summary>What it scores on the other half: the figure to report.</summary>
    public ClassificationScores OnOther => Steps[^1].OnOther.Scores;

    /// <summary>Chooses on one half and reports on the other.</summary>
    /// <param name="classes">Names of the classes, in the order of the outputs.</param>
    /// <param name="members">At least one.</param>
    /// <param name="inChosen">Which pictures the choice is made on.</param>
    /// <param name="options">The mean, and what is looked at.</param>
    internal static GreedyChoice Of(IReadOnlyList<string> classes, IReadOnlyList<EnsembleMember> members, bool[] inChosen, EnsembleOptions options)
    {
        var sum = new EnsembleSum(classes, options.Mean, inChosen.Length);
        var left = members.ToList();
        var steps = new List<GreedyStep>();
        var best = options.By.Worst;
        while (left.Count > 0)
        {
            var (member, subset) = Best(left.Select(one => (one, sum.With(one, i => inChosen[i]))), options.By);
            var value = Value(subset.Scores, options.By);
            if (steps.Count > 0 && !options.By.IsBetter(value, best)) break;
            steps.Add(new GreedyStep(subset, sum.With(member, i => !inChosen[i])));
            sum.Add(member);
            left.Remove(member);
            best = value;
        }

        return new GreedyChoice(steps, EnsembleStudy.Together(classes, members, options.Mean, i => !inChosen[i]).Scores);
    }

    private static (EnsembleMember Member, EnsembleSubset Subset) Best(IEnumerable<(EnsembleMember Member, EnsembleSubset Subset)> candidates, Metric by) =>
        candidates.Aggregate((best, other) => by.IsBetter(Value(other.Subset.Scores, by), Value(best.Subset.Scores, by)) ? other : best);

    private static double Value(ClassificationScores scores, Metric by) => by == Metric.Top1 ? scores.Top1 : scores.LogLoss;
}
