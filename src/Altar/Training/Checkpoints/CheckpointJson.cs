using System.Text.Json;
using System.Text.Json.Serialization;

namespace Altar.Training.Checkpoints;

internal static class CheckpointJson
{
    // A diverged run has a loss of NaN, and must still be able to save itself.
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
