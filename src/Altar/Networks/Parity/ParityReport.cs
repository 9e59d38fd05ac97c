using System.Text.Json.Serialization;

namespace Altar.Networks.Parity;

/// <summary>What <c>altar parity DIR --json</c> prints.</summary>
/// <param name="Networks">One for each file, by file name.</param>
public sealed record ParityReport([property: JsonPropertyName("networks")] IReadOnlyList<NetworkParity> Networks)
{
    /// <summary>Every network agrees.</summary>
    [JsonIgnore]
    public bool Ok => Networks.All(network => network.Ok);
}

/// <summary>How one network compares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ok">Same names, shapes and count, and a difference below 1e-3.</param>
/// <param name="Difference">Largest difference of the samples divided by the output's standard deviation; null where none could be computed.</param>
/// <param name="Reason">What differs; null where nothing does.</param>
public sealed record NetworkParity(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("ok")] bool Ok,
    [property: JsonPropertyName("difference")] double? Difference,
    [property: JsonPropertyName("reason")] string? Reason);
