using System.Text.Json.Serialization;
using Altar.Datasets.Heads;
using Altar.Metrics;

namespace Altar.Training.Checkpoints;

/// <summary>What is needed to use one of several heads; thresholds, bands and temperature are chosen on the validation pictures when a run ends.</summary>
public sealed record HeadCard
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it says.</summary>
    public required HeadKind Kind { get; init; }

    /// <summary>Its classes or labels, in the order of the outputs; empty for a value.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Whether its labels are the words of a text. Default false.</summary>
    public bool Words { get; init; }

    /// <summary>Factor of its loss. Default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The column that labelled it in training.</summary>
    public string Column { get; init; } = "";

    /// <summary>Of single and title: what its outputs are divided by before the softmax, above 0. Default 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Of multi: for each label the probability from which on it is said, infinite for never; null (default): 0.5, since nothing was chosen.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public IReadOnlyList<double>? Thresholds { get; init; }

    /// <summary>Of multi: for each label what is rejected, reviewed and passed; null (default): nothing was chosen.</summary>
    public IReadOnlyList<DecisionBands>? Bands { get; init; }

    /// <summary>Of a value: what the output 0 means. Default 0.</summary>
    public double Center { get; init; }

    /// <summary>Of a value: what the output 1 means above <see cref="Center"/>. Default 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The head as a layout takes it.</summary>
    public HeadSpec ToSpec() => new(Name, Kind, Classes) { SplitsWords = Words };
}
