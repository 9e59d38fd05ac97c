using System.Globalization;

namespace Altar.Training.Checkpoints;

/// <summary>Time or steps between two saves inside an epoch.</summary>
/// <param name="Steps">Steps, or null.</param>
/// <param name="Time">Time, or null.</param>
public readonly record struct CheckpointInterval(int? Steps, TimeSpan? Time)
{
    /// <summary>Reads steps ("200"), seconds ("30s"), minutes ("10m") or hours ("1h").</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none of these, or not above 0.</exception>
    public static CheckpointInterval Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var unit = text.Length == 0 ? ' ' : text[^1];
        var number = char.IsAsciiDigit(unit) ? text : text.TrimEnd(unit);
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value <= 0) throw Wrong(text);
        return unit switch
        {
            's' => new(null, TimeSpan.FromSeconds(value)),
            'm' => new(null, TimeSpan.FromMinutes(value)),
            'h' => new(null, TimeSpan.FromHours(value)),
            _ when char.IsAsciiDigit(unit) && value == Math.Floor(value) && value <= int.MaxValue => new((int)value, null),
            _ => throw Wrong(text),
        };
    }

    /// <summary>Whether it is time to save again.</summary>
    /// <param name="steps">Steps since the last save.</param>
    /// <param name="time">Time since the last save.</param>
    public bool IsOver(int steps, TimeSpan time) => Steps is { } most ? steps >= most : time >= Time;

    private static FormatException Wrong(string text) => new($"'{text}' is no interval; write steps as 200, or minutes as 10m.");
}
