using System.Globalization;
using Altar.Datasets.Heads;
using Altar.Metrics;
using Altar.Training.Checkpoints;

namespace Altar.Inference.Heads;

/// <summary>A label and its probability.</summary>
/// <param name="Label">Name of the class or label.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="Decision">What follows of it, for a label with bands; else null.</param>
public sealed record SaidLabel(string Label, float Probability, Decision? Decision = null);

/// <summary>What a head says of a picture, in words.</summary>
/// <param name="Head">The head.</param>
/// <param name="Labels">The best class; the best few titles; or the labels at or above their thresholds, most probable first. Empty for a value.</param>
/// <param name="Value">Of a value: the number; else null.</param>
public sealed record HeadAnswer(HeadCard Head, IReadOnlyList<SaidLabel> Labels, double? Value = null)
{
    /// <summary>Of a multi head with bands: the strictest decision of any label; else null.</summary>
    public Decision? Decision { get; init; }

    /// <summary>The labels that led to it; none for <see cref="Decision.Pass"/>.</summary>
    public IReadOnlyList<string> DecidedBy { get; init; } = [];

    /// <summary>What stands in a template for the head: the best class, the labels with commas between them, or the number.</summary>
    public string Text => Head.Kind switch
    {
        HeadKind.Value => Value!.Value.ToString("0.##", CultureInfo.InvariantCulture),
        HeadKind.Multi => string.Join(", ", Labels.Select(label => label.Label)),
        _ => Labels[0].Label,
    };

    /// <summary>Puts a head's numbers into words.</summary>
    /// <param name="card">The head.</param>
    /// <param name="said">Probabilities of its classes or labels, or the one output of a value.</param>
    /// <param name="titles">How many titles are given, at least 1.</param>
    public static HeadAnswer Of(HeadCard card, ReadOnlySpan<float> said, int titles)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentOutOfRangeException.ThrowIfLessThan(titles, 1);
        if (card.Kind == HeadKind.Value) return new HeadAnswer(card, [], card.Center + (card.Scale * said[0]));
        if (card.Kind == HeadKind.Multi) return OfLabels(card, said.ToArray());
        var values = said.ToArray();
        return new HeadAnswer(card, [.. Ranking.First(said, card.Kind == HeadKind.Title ? titles : 1).Select(k => new SaidLabel(card.Classes[k], values[k]))]);
    }

    private static HeadAnswer OfLabels(HeadCard card, float[] said)
    {
        var above = said.Index().Where(one => one.Item >= (card.Thresholds?[one.Index] ?? 0.5)).OrderByDescending(one => one.Item);
        IReadOnlyList<SaidLabel> labels = [.. above.Select(one => new SaidLabel(card.Classes[one.Index], one.Item, card.Bands?[one.Index].Of(one.Item)))];
        if (card.Bands is not { } bands) return new HeadAnswer(card, labels);
        List<Decision> decisions = [.. said.Select((probability, k) => bands[k].Of(probability))];
        var strictest = decisions.DefaultIfEmpty(Metrics.Decision.Pass).Max();
        return new HeadAnswer(card, labels)
        {
            Decision = strictest,
            DecidedBy = strictest == Metrics.Decision.Pass ? [] : [.. card.Classes.Where((_, k) => decisions[k] == strictest)],
        };
    }
}
