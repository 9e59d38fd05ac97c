using System.Text.Json;

namespace Altar.Datasets;

/// <summary>A JSON value as the text of a cell.</summary>
internal static class JsonCell
{
    /// <summary>A number or word as it is written, null as an empty text, a list with ; between its items, an empty list as -.</summary>
    public static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Array when value.GetArrayLength() == 0 => Heads.HeadPlace.NoneOfThem,
        JsonValueKind.Array => string.Join(';', value.EnumerateArray().Select(Text)),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToString().Trim(),
    };
}
