using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>One panel of a picture of curves: panels stand below each other and share their horizontal axis.</summary>
internal static class PlotPanel
{
    /// <summary>In pixels: the width of a panel, and what lies beside its axes.</summary>
    public const int Width = 1400, Left = 90, Right = 30;

    public static readonly Color TextColor = Color.FromHex("#343a40");

    /// <summary>An empty panel from 0 to <paramref name="span"/>.</summary>
    public static Plot Create(string title, double span, float topMargin, float bottomMargin)
    {
        Typefaces.Register();
        var plot = new Plot();
        plot.Font.Set(Typefaces.Name);
        plot.Layout.Fixed(new PixelPadding(Left, Right, bottomMargin, topMargin));
        plot.YLabel(title, size: 17);
        plot.Axes.Color(TextColor);
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Bottom.Label.FontSize = 17;
        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Legend.FontSize = 14;
        plot.Legend.FontName = Typefaces.Name;
        plot.Legend.OutlineColor = Colors.Black.WithAlpha(0.15);
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Axes.Top.IsVisible = plot.Axes.Right.IsVisible = false;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.Axes.SetLimits(0, span, 0, 1);
        return plot;
    }

    // A plot clears all of the canvas it draws on: each gets its own.
    public static void Draw(SKCanvas canvas, Plot plot, int top, int height)
    {
        using var panel = SKSurface.Create(new SKImageInfo(Width, height));
        plot.Render(panel.Canvas, new PixelRect(0, Width, height, 0));
        canvas.DrawSurface(panel, 0, top);
        plot.Dispose();
    }

    /// <summary>An axis of powers of ten for what <see cref="LogsOf"/> gave.</summary>
    public static void ScaleLogs(Plot plot, IEnumerable<double> logs)
    {
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
            IntegerTicksOnly = true,
            LabelFormatter = power => power >= -4 && power < 4
                ? Math.Pow(10, power).ToString("0.####", CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"1e{power:0}"),
        };
        var (low, high) = Bounds(logs);
        plot.Axes.SetLimitsY(Math.Floor(low - 0.05), Math.Ceiling(high + 0.05));
    }

    /// <summary>Powers of ten to draw. A rate that falls to nothing, as at a cycle's end, is drawn a thousandth below the highest.</summary>
    public static double[] LogsOf(IReadOnlyList<double> rates)
    {
        var least = rates.Count == 0 ? 1 : Math.Max(rates.Max() / 1000, double.Epsilon);
        return [.. rates.Select(rate => Math.Log10(Math.Max(rate, least)))];
    }

    public static ScottPlot.Plottables.Scatter Line(Plot plot, double[] x, double[] y, Color color, float width)
    {
        var line = plot.Add.ScatterLine(x, y, color);
        line.LineWidth = width;
        return line;
    }

    public static ScottPlot.Plottables.Scatter Points(Plot plot, double[] x, double[] y, Color color, MarkerShape shape)
    {
        var points = plot.Add.Scatter(x, y, color);
        points.LineWidth = shape == MarkerShape.FilledCircle ? 2.5f : 0;
        points.MarkerShape = shape;
        points.MarkerSize = x.Length > 100 ? 3 : 8;
        return points;
    }

    // Room above and below; a diverged run's infinite values do not decide the scale.
    public static void Fit(Plot plot, IReadOnlyList<double> values, bool fromZero)
    {
        var (low, high) = Bounds(values);
        var margin = Math.Max(0.06 * (high - low), 0.01);
        plot.Axes.SetLimitsY(fromZero ? 0 : low - margin, high + (fromZero ? margin : 2.4 * margin));
    }

    private static (double Low, double High) Bounds(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        return (finite.Min(), finite.Max());
    }
}
