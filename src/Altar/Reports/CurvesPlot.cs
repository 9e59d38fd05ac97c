using System.Globalization;
using Altar.Metrics;
using Altar.Training;
using ScottPlot;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>The course of a run as one picture over the epochs: loss, the headline figure, rate, norms, speed and memory, with the stages, the cycles, the snapshots and the best epoch.</summary>
public static class CurvesPlot
{
    /// <summary>Size of the picture in pixels.</summary>
    public const int Width = PlotPanel.Width, Height = LossHeight + FigureHeight + RateHeight + NormsHeight + (2 * SmallHeight) + LastHeight;

    private const int LossHeight = 520, FigureHeight = 340, RateHeight = 290, NormsHeight = 260, SmallHeight = 170, LastHeight = 202;
    private const float TopMargin = 46;
    private const int MostPoints = 3000;

    private static readonly Color
        TrainColor = Color.FromHex("#8592a8"), LossColor = Color.FromHex("#d9480f"), FigureColor = Color.FromHex("#1c7ed6"),
        RateColor = Color.FromHex("#2b8a3e"), BestColor = Color.FromHex("#212529"),
        WeightColor = Color.FromHex("#5f3dc4"), SpeedColor = Color.FromHex("#0b7285"), WaitingColor = Color.FromHex("#e8590c"), MemoryColor = Color.FromHex("#862e9c"),
        MarkColor = Color.FromHex("#868e96");

    /// <summary>Draws and writes the picture. A run without an epoch gives what there is of its steps, or empty axes.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="epochs">Rows of metrics.csv.</param>
    /// <param name="steps">Rows of steps.csv.</param>
    /// <param name="stages">The finished stages; the one at work is known from its epochs.</param>
    /// <param name="best">What the best epoch was chosen by; null (default): log-loss.</param>
    /// <param name="marks">Ends of cycles, and the snapshots kept there; null (default): none.</param>
    /// <param name="norms">Rows of norms.csv; null (default): none.</param>
    public static void Save(
        string path, IReadOnlyList<EpochRecord> epochs, IReadOnlyList<StepRecord> steps, IReadOnlyList<StageSummary> stages,
        Metric? best = null, IReadOnlyList<CourseMark>? marks = null, IReadOnlyList<NormRecord>? norms = null)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        var course = new RunCourse(epochs, steps, stages, best ?? Metric.LogLoss);
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        surface.Canvas.Clear(SKColors.White);
        var top = 0;
        foreach (var (plot, height) in Panels(course, marks ?? [], norms ?? []))
        {
            PlotPanel.Draw(surface.Canvas, plot, top, height);
            top += height;
        }

        NameStages(surface.Canvas, course);
        PictureFile.SavePng(path, surface);
    }

    private static IEnumerable<(Plot Plot, int Height)> Panels(RunCourse course, IReadOnlyList<CourseMark> marks, IReadOnlyList<NormRecord> norms)
    {
        yield return (Marked(Loss(course), course, marks, named: false), LossHeight);
        yield return (Marked(Figure(course), course, marks, named: false), FigureHeight);
        yield return (Marked(Rate(course), course, marks, named: true), RateHeight);
        yield return (Norms(course, norms), NormsHeight);
        yield return (Speed(course), SmallHeight);
        yield return (OfEpochs(course, "waiting, %", row => 100 * row.WaitingShare, WaitingColor), SmallHeight);
        yield return (OfEpochs(course, "memory, MiB", row => row.MemoryMiB, MemoryColor, isLast: true), LastHeight);
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
        var plot = Panel(course, "learning rate", topMargin: 12);
        var rates = course.Rates(MostPoints);
        var logs = PlotPanel.LogsOf(rates.Y);
        PlotPanel.Line(plot, rates.X, logs, RateColor, 2.2f);
        PlotPanel.ScaleLogs(plot, logs);
        return plot;
    }

    private static Plot Norms(RunCourse course, IReadOnlyList<NormRecord> norms)
    {
        var plot = Panel(course, "norms", topMargin: 12);
        var (gradients, weights) = (course.Measured(norms.Select(row => (row.Step, row.Gradient)), MostPoints), course.Measured(norms.Select(row => (row.Step, row.Weight)), MostPoints));
        PlotPanel.Line(plot, gradients.X, PlotPanel.LogsOf(gradients.Y), TrainColor, 1.6f).LegendText = "gradients, before clipping";
        PlotPanel.Line(plot, weights.X, PlotPanel.LogsOf(weights.Y), WeightColor, 2.2f).LegendText = "weights that learn";
        PlotPanel.ScaleLogs(plot, [.. PlotPanel.LogsOf(gradients.Y), .. PlotPanel.LogsOf(weights.Y)]);
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static Plot OfEpochs(RunCourse course, string title, Func<EpochRecord, double> of, Color color, bool isLast = false)
    {
        var plot = Panel(course, title, topMargin: 12, bottomMargin: isLast ? 58 : 26);
        if (isLast) plot.XLabel("epoch");
        double[] values = [.. course.Epochs.Select(of)];
        PlotPanel.Points(plot, course.Ends, values, color, MarkerShape.FilledCircle);
        var highest = values.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        plot.Axes.SetLimitsY(0, highest > 0 ? 1.15 * highest : 1);
        return plot;
    }

    // In powers of ten: cached embeddings are learnt thousands of times as fast as pictures.
    private static Plot Speed(RunCourse course)
    {
        var plot = Panel(course, "pictures/s", topMargin: 12);
        var known = course.Epochs.Where(row => row.PicturesPerSecond > 0 && double.IsFinite(row.PicturesPerSecond)).ToList();
        double[] logs = [.. known.Select(row => Math.Log10(row.PicturesPerSecond))];
        PlotPanel.Points(plot, [.. known.Select(row => (double)row.Epoch)], logs, SpeedColor, MarkerShape.FilledCircle);
        PlotPanel.ScaleLogs(plot, logs);
        return plot;
    }

    private static Plot Marked(Plot plot, RunCourse course, IReadOnlyList<CourseMark> marks, bool named)
    {
        foreach (var mark in marks)
        {
            var line = plot.Add.VerticalLine(course.At(mark.Step), 1, MarkColor, LinePattern.Dotted);
            line.EnableAutoscale = false;
            if (!named || mark.Name.Length == 0) continue;
            var text = plot.Add.Text(mark.Name, course.At(mark.Step), plot.Axes.Left.Range.Max);
            (text.LabelAlignment, text.OffsetX, text.OffsetY) = (Alignment.UpperRight, -4, 4);
            (text.LabelFontName, text.LabelFontSize, text.LabelFontColor) = (Typefaces.Name, 13, MarkColor);
        }

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
