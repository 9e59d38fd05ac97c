namespace Altar.Reports;

/// <summary>Numbers as a reader wants them, the same under every culture; what is unknown (NaN) is a dash.</summary>
internal static class ReportNumbers
{
    /// <summary>0.8437 is "84.4 %".</summary>
    public static string Percent(double share) => double.IsNaN(share) ? "–" : Text($"{100 * share:0.0} %");

    /// <summary>Three digits behind the point.</summary>
    public static string Real(double value) => double.IsNaN(value) ? "–" : Text($"{value:0.000}");

    /// <summary>A learning rate: "1e-4".</summary>
    public static string Rate(double value) => Text($"{value:0.##e-0}");

    /// <summary>"45 s", "12 min 5 s", "3 h 20 min".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => Text($"{time.TotalSeconds:0} s"),
        { TotalHours: < 1 } => Text($"{time.Minutes} min {time.Seconds} s"),
        _ => Text($"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    /// <summary>"45 s", "12.1 min", "3.3 h".</summary>
    public static string ShortDuration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => Text($"{time.TotalSeconds:0} s"),
        { TotalHours: < 1 } => Text($"{time.TotalMinutes:0.0} min"),
        _ => Text($"{time.TotalHours:0.0} h"),
    };

    /// <summary>Writes under the invariant culture.</summary>
    public static string Text(FormattableString text) => FormattableString.Invariant(text);
}
