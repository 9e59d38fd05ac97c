using System.Globalization;
using Altar.Metrics;
using ScottPlot;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>The curves of several runs over each other: train loss, every validation figure, and the rate.</summary>
public static class ComparisonPlot
{
    /// <summary>Width of the picture in pixels.</summary>
    public const int Width = PlotPanel.Width;

    /// <summary>No more figures than this are drawn.</summary>
    public const int MostFigures = 6;

    private const int LossHeight = 440, FigureHeight = 320, RateHeight = 320;
    private const float TopMargin = 20;

    // Apart for most colour-blind readers too (Okabe and Ito's palette, its yellow left out); runs beyond them are dashed.
    private static readonly Color[] Palette = [.. new[] { "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#444444" }.Select(Color.FromHex)];
    private static readonly LinePattern[] Patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];

    /// <summary>Draws and writes the picture; its height is by the number of figures. The best epoch of each run has a ring.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="comparison">The runs.</param>
    /// <param name="axis">What the curves run along.</param>
    public static void Save(string path, RunComparison comparison, ComparisonAxis axis = ComparisonAxis.Epoch)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        List<ComparedCourse> courses = [.. comparison.Runs.Select(run => new ComparedCourse(run, axis))];
        var span = 1.012 * courses.Select(course => course.Length).Where(double.IsFinite).Append(0).Max() is var longest and > 0 ? longest : 1;
        List<Metric> metrics = [.. comparison.Metrics.Take(MostFigures)];

        using var surface = SKSurface.Create(new SKImageInfo(Width, LossHeight + (metrics.Count * FigureHeight) + RateHeight));
        surface.Canvas.Clear(SKColors.White);
        PlotPanel.Draw(surface.Canvas, Losses(courses, span), 0, LossHeight);
        foreach (var (index, metric) in metrics.Index())
            PlotPanel.Draw(surface.Canvas, Figures(courses, span, metric), LossHeight + (index * FigureHeight), FigureHeight);
        PlotPanel.Draw(surface.Canvas, Rates(courses, span, axis), LossHeight + (metrics.Count * FigureHeight), RateHeight);
        PictureFile.SavePng(path, surface);
    }

    private static Plot Losses(List<ComparedCourse> courses, double span)
    {
        var plot = PlotPanel.Create("train loss, smoothed", span, TopMargin, bottomMargin: 26);
        foreach (var (index, course) in courses.Index())
        {
            var line = PlotPanel.Line(plot, course.TrainLosses.X, course.TrainLosses.Y, ColorOf(index), 2);
            (line.LinePattern, line.LegendText) = (PatternOf(index), course.Run.Name);
        }

        PlotPanel.Fit(plot, [.. courses.SelectMany(course => course.TrainLosses.Y)], fromZero: true);
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static Plot Figures(List<ComparedCourse> courses, double span, Metric metric)
    {
        var plot = PlotPanel.Create($"val {metric.Title}", span, TopMargin, bottomMargin: 26);
        foreach (var (index, course) in courses.Index())
        {
            var (x, y) = course.Figures(metric);
            PlotPanel.Points(plot, x, y, ColorOf(index), MarkerShape.FilledCircle).LinePattern = PatternOf(index);
            if (course.Best is { } place && course.Run.Best!.Val[metric] is var value && double.IsFinite(value))
                plot.Add.Marker(place, value, MarkerShape.OpenCircle, 16, ColorOf(index)).MarkerLineWidth = 2;
        }

        PlotPanel.Fit(plot, [.. courses.SelectMany(course => course.Figures(metric).Y)], fromZero: !metric.HigherIsBetter);
        return plot;
    }

    private static Plot Rates(List<ComparedCourse> courses, double span, ComparisonAxis axis)
    {
        var plot = PlotPanel.Create("learning rate", span, TopMargin, bottomMargin: 58);
        plot.XLabel(axis.ToString().ToLower(CultureInfo.InvariantCulture));
        List<double> all = [];
        foreach (var (index, course) in courses.Index())
        {
            var logs = PlotPanel.LogsOf(course.Rates.Y);
            PlotPanel.Line(plot, course.Rates.X, logs, ColorOf(index), 2).LinePattern = PatternOf(index);
            all.AddRange(logs);
        }

        PlotPanel.ScaleLogs(plot, all);
        return plot;
    }

    private static Color ColorOf(int index) => Palette[index % Palette.Length];

    private static LinePattern PatternOf(int index) => Patterns[index / Palette.Length % Patterns.Length];
}
