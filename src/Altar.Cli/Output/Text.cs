using System.Globalization;
using Altar.Metrics;

namespace Altar.Cli.Output;

/// <summary>Numbers as people read them, the same in every locale.</summary>
internal static class Text
{
    public static string Share(double share) => double.IsNaN(share) ? "-" : share.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Percent(double share) => double.IsNaN(share) ? "-" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A figure that is in percent already, with the two decimals that contests show.</summary>
    public static string Points(double percent) => double.IsNaN(percent) ? "-" : percent.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Mebibytes(long bytes) => (bytes / (1024.0 * 1024)).ToString("0.0 MiB", CultureInfo.InvariantCulture);

    public static string Loss(double loss) => double.IsNaN(loss) ? "-" : loss.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A share or a loss, as the metric is.</summary>
    public static string Figure(MetricValues values, Metric metric) => metric.HigherIsBetter ? Share(values[metric]) : Loss(values[metric]);

    public static string Rate(double rate) => rate.ToString("0.0e+0", CultureInfo.InvariantCulture);

    public static string Speed(double picturesPerSecond) => picturesPerSecond.ToString(picturesPerSecond < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    public static string Millions(long count) => (count / 1e6).ToString("0.0 M", CultureInfo.InvariantCulture);

    /// <summary>0:07, 12:30, 3:05:10.</summary>
    public static string Time(double seconds) => Time(TimeSpan.FromSeconds(double.IsFinite(seconds) ? seconds : 0));

    public static string Time(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours}:{time:mm\\:ss}"
        : $"{time:m\\:ss}";
}
