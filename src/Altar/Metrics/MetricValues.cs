using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Altar.Metrics;

/// <summary>What a validation found: metrics with their values, in the task's order. Equal by names and bits.</summary>
[JsonConverter(typeof(Json))]
public sealed class MetricValues : IEquatable<MetricValues>, IEnumerable<KeyValuePair<Metric, double>>
{
    private readonly (Metric Metric, double Value)[] _values;

    /// <summary>Takes the values.</summary>
    /// <param name="values">A loss first, then the figure that people ask for, then the others.</param>
    public MetricValues(params IEnumerable<(Metric Metric, double Value)> values) => _values = [.. values];

    /// <summary>No value: nothing was validated.</summary>
    public static MetricValues Empty { get; } = new();

    /// <summary>The metrics in order.</summary>
    public IReadOnlyList<Metric> Metrics => [.. _values.Select(pair => pair.Metric)];

    /// <summary>The value of a metric; NaN for one that was not measured.</summary>
    /// <param name="metric">The metric.</param>
    public double this[Metric metric] => this[metric?.Name ?? ""];

    /// <summary>The value of a metric; NaN for one that was not measured.</summary>
    /// <param name="name">Its name.</param>
    public double this[string name]
    {
        get
        {
            foreach (var (metric, value) in _values)
            {
                if (metric.Name == name) return value;
            }

            return double.NaN;
        }
    }

    /// <summary>The first metric that is a loss.</summary>
    public Metric Loss => Array.Find(_values, pair => !pair.Metric.HigherIsBetter).Metric ?? Metric.Loss;

    /// <summary>The figure that people ask for: the first metric that is better when higher.</summary>
    public Metric Headline => Array.Find(_values, pair => pair.Metric.HigherIsBetter).Metric ?? Loss;

    /// <inheritdoc/>
    public bool Equals(MetricValues? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricValues);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(17, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<Metric, double>> GetEnumerator() => _values.Select(pair => KeyValuePair.Create(pair.Metric, pair.Value)).GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _values.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Metric.Title} {pair.Value:0.0000}")));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // An object of names and numbers. A diverged run has NaN, which JSON writes as text.
    private sealed class Json : JsonConverter<MetricValues>
    {
        public override MetricValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("metrics must be an object of names and numbers");
            var values = new List<(Metric, double)>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                values.Add((new Metric(name), reader.TokenType == JsonTokenType.String ? double.Parse(reader.GetString()!, CultureInfo.InvariantCulture) : reader.GetDouble()));
            }

            return new MetricValues(values);
        }

        public override void Write(Utf8JsonWriter writer, MetricValues value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (metric, number) in value)
            {
                if (double.IsFinite(number)) writer.WriteNumber(metric.Name, number);
                else writer.WriteString(metric.Name, number.ToString(CultureInfo.InvariantCulture));
            }

            writer.WriteEndObject();
        }
    }
}
