using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>What a run will do as one picture: the rate over the epochs, and under it what learns and with which augmentation.</summary>
public static class PlanPlot
{
    /// <summary>Size of the picture in pixels.</summary>
    public const int Width = 1400, Height = 700;

    private const int RateHeight = 560, StripHeight = 46;
    private const float Left = 110, Right = 30, Top = 46, Bottom = 58;

    private static readonly Color RateColor = Color.FromHex("#2b8a3e"), SnapshotColor = Color.FromHex("#d9480f"), TextColor = Color.FromHex("#343a40");

    private static readonly Dictionary<string, string> _strengths = new()
    {
        ["head"] = "#ffe8cc", ["all"] = "#ffa94d", ["none"] = "#f1f3f5", ["light"] = "#d0ebff", ["hard"] = "#74c0fc", ["hard-aerial"] = "#4dabf7",
    };

    /// <summary>Draws and writes the picture.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="stages">At least one, in their order.</param>
    public static void Save(string path, IReadOnlyList<PlanBand> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        Typefaces.Register();
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        surface.Canvas.Clear(SKColors.White);
        DrawRates(surface.Canvas, stages);
        NameStages(surface.Canvas, stages);
        Strip(surface.Canvas, "learns", RateHeight + 14, stages, stage => stage.Learns);
        Strip(surface.Canvas, "augment", RateHeight + 14 + StripHeight + 10, stages, stage => stage.Augment);
        PictureFile.SavePng(path, surface);
    }

    private static void DrawRates(SKCanvas canvas, IReadOnlyList<PlanBand> stages)
    {
        using var plot = Axes(stages);
        foreach (var (index, stage) in stages.Index())
        {
            var span = plot.Add.HorizontalSpan(stage.FirstEpoch, stage.FirstEpoch + stage.Epochs);
            span.FillStyle.Color = Colors.SteelBlue.WithAlpha(index % 2 == 0 ? 0.16 : 0.06);
            span.LineStyle.Width = 0;
            AddCurve(plot, stage);
        }

        var (low, high) = Bounds(stages);
        plot.Axes.SetLimits(0, Span(stages), low - 0.1, high + 0.15);
        if (stages.Any(stage => stage.Snapshots.Count > 0)) plot.ShowLegend(Alignment.LowerLeft);
        using var panel = SKSurface.Create(new SKImageInfo(Width, RateHeight));   // a plot clears all of the canvas it draws on
        plot.Render(panel.Canvas, new PixelRect(0, Width, RateHeight, 0));
        canvas.DrawSurface(panel, 0, 0);
    }

    // The last step's rate holds to the stage's end.
    private static void AddCurve(Plot plot, PlanBand stage)
    {
        var end = (double)stage.FirstEpoch + stage.Epochs;
        double[] epochs = [.. stage.Rates.Select(point => point.Epoch), end];
        double[] logs = [.. stage.Rates.Select(point => Log(point.Rate, stage)), Log(stage.Rates[^1].Rate, stage)];
        var line = plot.Add.ScatterLine(epochs, logs, RateColor);
        line.LineWidth = 3;
        if (stage.Snapshots.Count == 0) return;

        var heights = stage.Snapshots.Select(epoch => Log(stage.Rates.Last(point => point.Epoch < epoch).Rate, stage));
        var marks = plot.Add.Scatter(stage.Snapshots.ToArray(), heights.ToArray(), SnapshotColor);
        (marks.LineWidth, marks.MarkerShape, marks.MarkerSize, marks.LegendText) = (0, MarkerShape.FilledDiamond, 14, "snapshot kept");
    }

    private static Plot Axes(IReadOnlyList<PlanBand> stages)
    {
        var plot = new Plot();
        plot.Font.Set(Typefaces.Name);
        plot.Layout.Fixed(new PixelPadding(Left, Right, Bottom, Top));
        plot.YLabel("learning rate", size: 17);
        plot.XLabel("epoch", size: 17);
        plot.Axes.Color(TextColor);
        plot.Axes.Left.Label.Bold = plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Top.IsVisible = plot.Axes.Right.IsVisible = false;
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
            IntegerTicksOnly = true,
            LabelFormatter = power => string.Create(CultureInfo.InvariantCulture, $"1e{power:0}"),
        };
        (plot.Legend.FontName, plot.Legend.FontSize) = (Typefaces.Name, 14);
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        return plot;
    }

    // A rate that falls to nothing is drawn a hundredth below its stage's highest.
    private static double Log(double rate, PlanBand stage) => Math.Log10(Math.Max(rate, stage.Rates.Max(point => point.Rate) / 100));

    private static (double Low, double High) Bounds(IReadOnlyList<PlanBand> stages)
    {
        var logs = stages.SelectMany(stage => stage.Rates.Select(point => Log(point.Rate, stage))).ToList();
        return (Math.Floor(logs.Min() + 0.05), Math.Ceiling(logs.Max() - 1e-9));
    }

    private static void NameStages(SKCanvas canvas, IReadOnlyList<PlanBand> stages)
    {
        foreach (var stage in stages)
            Lettering.Draw(canvas, stage.Name, At(stage.FirstEpoch, stages) + 4, Top - 14, 17, new SKColor(TextColor.ARGB), Room(stage, stages), isBold: true);
    }

    private static void Strip(SKCanvas canvas, string title, float top, IReadOnlyList<PlanBand> stages, Func<PlanBand, string> label)
    {
        Lettering.Draw(canvas, title, Left - 12, top + 29, 17, new SKColor(TextColor.ARGB), align: SKTextAlign.Right);
        foreach (var stage in stages)
        {
            using var paint = new SKPaint { Color = SKColor.Parse(_strengths.GetValueOrDefault(label(stage), "#e5dbff")) };
            canvas.DrawRect(At(stage.FirstEpoch, stages) + 1, top, At(stage.FirstEpoch + stage.Epochs, stages) - At(stage.FirstEpoch, stages) - 2, StripHeight, paint);
            Lettering.Draw(canvas, label(stage), At(stage.FirstEpoch, stages) + 6, top + 29, 16, new SKColor(TextColor.ARGB), Room(stage, stages) - 2);
        }
    }

    // A little room on the right, so that a snapshot at the end is whole.
    private static float Span(IReadOnlyList<PlanBand> stages) => 1.012f * (stages[^1].FirstEpoch + stages[^1].Epochs);

    private static float At(int epoch, IReadOnlyList<PlanBand> stages) => Left + (Width - Left - Right) * epoch / Span(stages);

    private static float Room(PlanBand stage, IReadOnlyList<PlanBand> stages) =>
        At(stage.FirstEpoch + stage.Epochs, stages) - At(stage.FirstEpoch, stages) - 8;
}
