using Altar.Metrics;

namespace Altar.Reports;

/// <summary>A key of the recipes that is not the same in all runs.</summary>
/// <param name="Key">Dotted, such as stages.0.rate.</param>
/// <param name="Values">One for each run; null where its recipe lacks the key.</param>
public sealed record RecipeDifference(string Key, IReadOnlyList<string?> Values);

/// <summary>Several runs beside each other.</summary>
/// <param name="Runs">In the order they were named.</param>
public sealed record RunComparison(IReadOnlyList<ComparedRun> Runs)
{
    /// <summary>Every figure that a run has, in the order the runs bring them. Runs of different tasks share few.</summary>
    public IReadOnlyList<Metric> Metrics => [.. Runs.SelectMany(run => run.Epochs.Take(1)).SelectMany(row => row.Val.Metrics).Distinct()];

    /// <summary>The keys whose values differ, in the order of the first recipe that has them.</summary>
    public IReadOnlyList<RecipeDifference> Differences
    {
        get
        {
            var settings = Runs.Select(run => run.Settings.ToDictionary()).ToList();
            return
            [
                .. from key in Runs.SelectMany(run => run.Settings).Select(setting => setting.Key).Distinct()
                   let values = settings.Select(of => of.GetValueOrDefault(key)).ToList()
                   where values.Distinct().Count() > 1
                   select new RecipeDifference(key, values),
            ];
        }
    }

    /// <summary>The runs whose figure, at their best epoch, no other's is better than.</summary>
    /// <param name="metric">The figure.</param>
    public IReadOnlyList<ComparedRun> Winners(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var best = Runs.Aggregate(double.NaN, (found, run) => metric.IsBetter(At(run), found) ? At(run) : found);
        return [.. Runs.Where(run => At(run) == best)];

        double At(ComparedRun run) => run.Best?.Val[metric] ?? double.NaN;
    }
}
