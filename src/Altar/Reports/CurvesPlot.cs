using System.Globalization;
using Altar.Metrics;
using Altar.Training;
using ScottPlot;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>The course of a run as one picture: loss, the headline figure and rate over the epochs, with the stages and the best epoch.</summary>
public static class CurvesPlot
{
    /// <summary>Size of the picture in pixels.</summary>
    public const int Width = PlotPanel.Width, Height = 1180;

    private const int LossHeight = 520, FigureHeight = 340, RateHeight = 320;
    private const float TopMargin = 46;
    private const int MostPoints = 3000;

    private static readonly Color
        TrainColor = Color.FromHex("#8592a8"), LossColor = Color.FromHex("#d9480f"), FigureColor = Color.FromHex("#1c7ed6"),
        RateColor = Color.FromHex("#2b8a3e"), BestColor = Color.FromHex("#212529");

    /// <summary>Draws and writes the picture. A run without an epoch gives what there is of its steps, or empty axes.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="epochs">Rows of metrics.csv.</param>
    /// <param name="steps">Rows of steps.csv.</param>
    /// <param name="stages">The finished stages; the one at work is known from its epochs.</param>
    /// <param name="best">What the best epoch was chosen by; null (default): log-loss.</param>
    public static void Save(
        string path, IReadOnlyList<EpochRecord> epochs, IReadOnlyList<StepRecord> steps, IReadOnlyList<StageSummary> stages, Metric? best = null)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        var course = new RunCourse(epochs, steps, stages, best ?? Metric.LogLoss);
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        surface.Canvas.Clear(SKColors.White);
        PlotPanel.Draw(surface.Canvas, Loss(course), 0, LossHeight);
        PlotPanel.Draw(surface.Canvas, Figure(course), LossHeight, FigureHeight);
        PlotPanel.Draw(surface.Canvas, Rate(course), LossHeight + FigureHeight, RateHeight);
        NameStages(surface.Canvas, course);
        PictureFile.SavePng(path, surface);
    }

    private static Plot Loss(RunCourse course)
    {
        var plot = Panel(course, "loss", TopMargin);
        var noise = course.StepLosses(MostPoints);
        PlotPanel.Line(plot, noise.X, noise.Y, TrainColor.WithAlpha(0.28), 1);
        var smooth = course.SmoothLosses(MostPoints);
        PlotPanel.Line(plot, smooth.X, smooth.Y, TrainColor, 2.2f).LegendText = "train, each step and smoothed";
        PlotPanel.Points(plot, course.Ends, [.. course.Epochs.Select(row => row.TrainLoss)], TrainColor, MarkerShape.OpenCircle).LegendText = "train, mean of the epoch";
        PlotPanel.Points(plot, course.Ends, [.. course.Epochs.Select(row => row.Val[course.Loss])], LossColor, MarkerShape.FilledCircle).LegendText = $"val {course.Loss.Title}";
        PlotPanel.Fit(plot, [.. smooth.Y, .. course.Epochs.Select(row => row.Val[course.Loss]), .. course.Epochs.Select(row => row.TrainLoss)], fromZero: true);
        MarkBest(plot, course, row => row.Val[course.Loss], value => value.ToString("0.000", CultureInfo.InvariantCulture));
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static Plot Figure(RunCourse course)
    {
        var plot = Panel(course, $"val {course.Headline.Title}", topMargin: 12);
        PlotPanel.Points(plot, course.Ends, [.. course.Epochs.Select(row => row.Val[course.Headline])], FigureColor, MarkerShape.FilledCircle);
        PlotPanel.Fit(plot, [.. course.Epochs.Select(row => row.Val[course.Headline])], fromZero: false);
        MarkBest(plot, course, row => row.Val[course.Headline], value => value.ToString("0.000", CultureInfo.InvariantCulture));
        return plot;
    }

    private static Plot Rate(RunCourse course)
    {
        var plot = Panel(course, "learning rate", topMargin: 12, bottomMargin: 58);
        plot.XLabel("epoch");
        var rates = course.Rates(MostPoints);
        var logs = PlotPanel.LogsOf(rates.Y);
        PlotPanel.Line(plot, rates.X, logs, RateColor, 2.2f);
        PlotPanel.ScaleLogs(plot, logs);
        return plot;
    }

    private static Plot Panel(RunCourse course, string title, float topMargin, float bottomMargin = 26)
    {
        var plot = PlotPanel.Create(title, Span(course), topMargin, bottomMargin);
        foreach (var (index, band) in course.Bands.Index())
        {
            var span = plot.Add.HorizontalSpan(band.Start, band.End);
            span.FillStyle.Color = Colors.SteelBlue.WithAlpha(index % 2 == 0 ? 0.16 : 0.06);
            span.LineStyle.Width = 0;
        }

        return plot;
    }

    private static void NameStages(SKCanvas canvas, RunCourse course)
    {
        var pixelsPerEpoch = (Width - PlotPanel.Left - PlotPanel.Right) / Span(course);
        foreach (var band in course.Bands)
        {
            var room = (float)((band.End - band.Start) * pixelsPerEpoch) - 8;
            Lettering.Draw(canvas, band.Name, PlotPanel.Left + (float)(band.Start * pixelsPerEpoch) + 4, TopMargin - 14, 17, new SKColor(PlotPanel.TextColor.ARGB), room, isBold: true);
        }
    }

    // A little room on the right, so that the last epoch's mark is whole.
    private static double Span(RunCourse course) => 1.012 * (course.Length > 0 ? course.Length : 1);

    private static void MarkBest(Plot plot, RunCourse course, Func<EpochRecord, double> of, Func<double, string> write)
    {
        if (course.Best is not { } best || !double.IsFinite(of(best))) return;
        var line = plot.Add.VerticalLine(course.At(best.Steps), 1.5f, BestColor, LinePattern.Dashed);
        line.EnableAutoscale = false;
        plot.Add.Marker(course.At(best.Steps), of(best), MarkerShape.OpenCircle, 15, BestColor).MarkerLineWidth = 2;
        var isLate = course.At(best.Steps) > course.Length / 2;
        var text = plot.Add.Text($"best: epoch {best.Epoch}, {write(of(best))}", course.At(best.Steps), of(best));
        text.LabelAlignment = isLate ? Alignment.LowerRight : Alignment.LowerLeft;
        text.OffsetX = isLate ? -10 : 10;
        text.OffsetY = -9;
        text.LabelFontName = Typefaces.Name;
        text.LabelFontSize = 15;
        text.LabelFontColor = BestColor;
        text.LabelBold = true;
    }
}
