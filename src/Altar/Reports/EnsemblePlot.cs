using Altar.Ensembling;
using Altar.Metrics;
using ScottPlot;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>Draws what each added member gave: top-1 and log-loss of members alone, of the first ones, of the last ones, and of the greedy choice.</summary>
public static class EnsemblePlot
{
    private const int PanelHeight = 420;

    private static readonly Color Alone = Color.FromHex("#868e96"), First = Color.FromHex("#0072b2"), Last = Color.FromHex("#d55e00"), Greedy = Color.FromHex("#009e73");

    /// <summary>Draws and writes the picture.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="study">What was found.</param>
    public static void Save(string path, EnsembleStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        using var surface = SKSurface.Create(new SKImageInfo(PlotPanel.Width, 2 * PanelHeight));
        surface.Canvas.Clear(SKColors.White);
        PlotPanel.Draw(surface.Canvas, Panel(study, "top-1", scores => scores.Top1, bottomMargin: 26, Alignment.LowerRight), 0, PanelHeight);
        var losses = Panel(study, "log-loss", scores => scores.LogLoss, bottomMargin: 58, Alignment.UpperRight);
        losses.XLabel("members in the ensemble (grey: which member alone)");
        PlotPanel.Draw(surface.Canvas, losses, PanelHeight, PanelHeight);
        PictureFile.SavePng(path, surface);
    }

    private static Plot Panel(EnsembleStudy study, string title, Func<ClassificationScores, double> value, float bottomMargin, Alignment legend)
    {
        var plot = PlotPanel.Create(title, span: 1, topMargin: 20, bottomMargin);
        plot.Axes.SetLimitsX(0.7, study.Members.Count + 0.3);
        List<double> all = [];
        Add("a member alone", study.Members, Alone, MarkerShape.FilledSquare);
        Add("the first ones", study.Prefixes, First, MarkerShape.FilledCircle);
        Add("the last ones", study.Suffixes, Last, MarkerShape.FilledCircle);
        if (study.Greedy is { } greedy) Add("greedy choice, on the half that took no part in it", [.. greedy.Steps.Select(step => step.OnOther)], Greedy, MarkerShape.FilledCircle);
        PlotPanel.Fit(plot, all, fromZero: false);
        plot.ShowLegend(legend);
        return plot;

        void Add(string name, IReadOnlyList<EnsembleSubset> subsets, Color color, MarkerShape shape)
        {
            double[] values = [.. subsets.Select(subset => value(subset.Scores))];
            PlotPanel.Points(plot, [.. values.Select((_, i) => i + 1.0)], values, color, shape).LegendText = name;
            all.AddRange(values);
        }
    }
}
