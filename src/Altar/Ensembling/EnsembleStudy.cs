using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Ensembling;

/// <summary>What every member of an ensemble gives: alone, every prefix, every suffix, and the greedy choice.</summary>
/// <remarks>Snapshot Ensembles, arXiv:1704.00109; its authors add members from the first and, apart, from the last. Nothing is predicted anew.</remarks>
public sealed record EnsembleStudy
{
    /// <summary>How probabilities were averaged.</summary>
    public required MeanKind Mean { get; init; }

    /// <summary>What the greedy choice looked at.</summary>
    public required Metric By { get; init; }

    /// <summary>Each member alone, in order.</summary>
    public required IReadOnlyList<EnsembleSubset> Members { get; init; }

    /// <summary>The first member, the first two, and on to all.</summary>
    public required IReadOnlyList<EnsembleSubset> Prefixes { get; init; }

    /// <summary>The last member, the last two, and on to all.</summary>
    public required IReadOnlyList<EnsembleSubset> Suffixes { get; init; }

    /// <summary>Chosen on one half of the pictures, reported on the other. Null where a half would have no picture.</summary>
    public required GreedyChoice? Greedy { get; init; }

    /// <summary>All members together.</summary>
    public EnsembleSubset All => Prefixes[^1];

    /// <summary>Judges the members.</summary>
    /// <param name="classes">Names of the classes, in the order of the outputs.</param>
    /// <param name="members">At least two, which said something of the same pictures in the same order.</param>
    /// <param name="options">The mean and the greedy choice; null for the defaults.</param>
    /// <exception cref="BadInputException">Fewer than two members.</exception>
    /// <exception cref="ArgumentException">The pictures differ, or the metric is neither log-loss nor top-1.</exception>
    public static EnsembleStudy Of(IReadOnlyList<string> classes, IReadOnlyList<EnsembleMember> members, EnsembleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        options ??= new EnsembleOptions();
        if (members.Count < 2) throw new BadInputException("An ensemble needs at least two members.");
        if (options.By != Metric.LogLoss && options.By != Metric.Top1) throw new ArgumentException($"members are chosen by logloss or top1, not by {options.By}.", nameof(options));
        var pictures = members[0].Predictions;
        foreach (var member in members) RequireSame(pictures, member);

        var inChosen = StratifiedHalves.Of([.. pictures.Select(picture => picture.Label)], options.Seed);
        return new EnsembleStudy
        {
            Mean = options.Mean,
            By = options.By,
            Members = [.. members.Select(member => new EnsembleSum(classes, options.Mean, pictures.Count).With(member, _ => true))],
            Prefixes = Growing(classes, members, options.Mean),
            Suffixes = Growing(classes, [.. members.Reverse()], options.Mean),
            Greedy = pictures.Count < 2 ? null : GreedyChoice.Of(classes, members, inChosen, options),
        };
    }

    /// <summary>Some members together on some of the pictures.</summary>
    internal static EnsembleSubset Together(IReadOnlyList<string> classes, IReadOnlyList<EnsembleMember> members, MeanKind kind, Predicate<int> isCounted)
    {
        var sum = new EnsembleSum(classes, kind, members[0].Predictions.Count);
        foreach (var member in members.SkipLast(1)) sum.Add(member);
        return sum.With(members[^1], isCounted);
    }

    private static List<EnsembleSubset> Growing(IReadOnlyList<string> classes, IReadOnlyList<EnsembleMember> members, MeanKind kind)
    {
        var sum = new EnsembleSum(classes, kind, members[0].Predictions.Count);
        var subsets = new List<EnsembleSubset>();
        foreach (var member in members)
        {
            subsets.Add(sum.With(member, _ => true));
            sum.Add(member);
        }

        return subsets;
    }

    private static void RequireSame(IReadOnlyList<Prediction> pictures, EnsembleMember member)
    {
        if (!pictures.Select(one => (one.Path, one.Label)).SequenceEqual(member.Predictions.Select(one => (one.Path, one.Label))))
            throw new ArgumentException($"{member.Name} was asked about other pictures than the first member.", nameof(member));
    }
}
