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
    public const int Width = 1400, Height = 1180;

    private const int LossHeight = 520, FigureHeight = 340, RateHeight = 320;
    private const float Left = 90, Right = 30, TopMargin = 46;
    private const int MostPoints = 3000;

    private static readonly Color
        TrainColor = Color.FromHex("#8592a8"), LossColor = Color.FromHex("#d9480f"), FigureColor = Color.FromHex("#1c7ed6"),
        RateColor = Color.FromHex("#2b8a3e"), BestColor = Color.FromHex("#212529"), TextColor = Color.FromHex("#343a40");

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
        Typefaces.Register();
        var course = new RunCourse(epochs, steps, stages, best ?? Metric.LogLoss);
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        surface.Canvas.Clear(SKColors.White);
        Draw(surface.Canvas, Loss(course), 0, LossHeight);
        Draw(surface.Canvas, Figure(course), LossHeight, FigureHeight);
        Draw(surface.Canvas, Rate(course), LossHeight + FigureHeight, RateHeight);
        NameStages(surface.Canvas, course);
        PictureFile.SavePng(path, surface);
    }

    // A plot clears all of the canvas it draws on: each gets its own.
    private static void Draw(SKCanvas canvas, Plot plot, int top, int height)
    {
        using var panel = SKSurface.Create(new SKImageInfo(Width, height));
        plot.Render(panel.Canvas, new PixelRect(0, Width, height, 0));
        canvas.DrawSurface(panel, 0, top);
        plot.Dispose();
    }

    private static Plot Loss(RunCourse course)
    {
        var plot = Panel(course, "loss", TopMargin);
        var noise = course.StepLosses(MostPoints);
        Line(plot, noise.X, noise.Y, TrainColor.WithAlpha(0.28), 1);
        var smooth = course.SmoothLosses(MostPoints);
        Line(plot, smooth.X, smooth.Y, TrainColor, 2.2f).LegendText = "train, each step and smoothed";
        Points(plot, course.Ends, [.. course.Epochs.Select(row => row.TrainLoss)], TrainColor, MarkerShape.OpenCircle).LegendText = "train, mean of the epoch";
        Points(plot, course.Ends, [.. course.Epochs.Select(row => row.Val[course.Loss])], LossColor, MarkerShape.FilledCircle).LegendText = $"val {course.Loss.Title}";
        Fit(plot, [.. smooth.Y, .. course.Epochs.Select(row => row.Val[course.Loss]), .. course.Epochs.Select(row => row.TrainLoss)], fromZero: true);
        MarkBest(plot, course, row => row.Val[course.Loss], value => value.ToString("0.000", CultureInfo.InvariantCulture));
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static Plot Figure(RunCourse course)
    {
        var plot = Panel(course, $"val {course.Headline.Title}", topMargin: 12);
        Points(plot, course.Ends, [.. course.Epochs.Select(row => row.Val[course.Headline])], FigureColor, MarkerShape.FilledCircle);
        Fit(plot, [.. course.Epochs.Select(row => row.Val[course.Headline])], fromZero: false);
        MarkBest(plot, course, row => row.Val[course.Headline], value => value.ToString("0.000", CultureInfo.InvariantCulture));
        return plot;
    }

    private static Plot Rate(RunCourse course)
    {
        var plot = Panel(course, "learning rate", topMargin: 12, bottomMargin: 58);
        plot.XLabel("epoch");
        var rates = course.Rates(MostPoints);
        var logs = LogsOf(rates.Y);
        Line(plot, rates.X, logs, RateColor, 2.2f);
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
        return plot;
    }

    /// <summary>Powers of ten to draw. A rate that falls to nothing, as at a cycle's end, is drawn a thousandth below the highest.</summary>
    internal static double[] LogsOf(IReadOnlyList<double> rates)
    {
        var least = rates.Count == 0 ? 1 : Math.Max(rates.Max() / 1000, double.Epsilon);
        return [.. rates.Select(rate => Math.Log10(Math.Max(rate, least)))];
    }

    private static Plot Panel(RunCourse course, string title, float topMargin, float bottomMargin = 26)
    {
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
        foreach (var (index, band) in course.Bands.Index())
        {
            var span = plot.Add.HorizontalSpan(band.Start, band.End);
            span.FillStyle.Color = Colors.SteelBlue.WithAlpha(index % 2 == 0 ? 0.16 : 0.06);
            span.LineStyle.Width = 0;
        }

        plot.Axes.SetLimits(0, Span(course), 0, 1);
        return plot;
    }

    private static void NameStages(SKCanvas canvas, RunCourse course)
    {
        var pixelsPerEpoch = (Width - Left - Right) / Span(course);
        foreach (var band in course.Bands)
        {
            var room = (float)((band.End - band.Start) * pixelsPerEpoch) - 8;
            Lettering.Draw(canvas, band.Name, Left + (float)(band.Start * pixelsPerEpoch) + 4, TopMargin - 14, 17, new SKColor(TextColor.ARGB), room, isBold: true);
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

    private static ScottPlot.Plottables.Scatter Line(Plot plot, double[] x, double[] y, Color color, float width)
    {
        var line = plot.Add.ScatterLine(x, y, color);
        line.LineWidth = width;
        return line;
    }

    private static ScottPlot.Plottables.Scatter Points(Plot plot, double[] x, double[] y, Color color, MarkerShape shape)
    {
        var points = plot.Add.Scatter(x, y, color);
        points.LineWidth = shape == MarkerShape.FilledCircle ? 2.5f : 0;
        points.MarkerShape = shape;
        points.MarkerSize = x.Length > 100 ? 3 : 8;
        return points;
    }

    // Room above and below; a diverged run's infinite values do not decide the scale.
    private static void Fit(Plot plot, IReadOnlyList<double> values, bool fromZero)
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
