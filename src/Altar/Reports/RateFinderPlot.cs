using System.Globalization;
using Altar.Schedules;
using ScottPlot;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>Draws rate finders' curves: a panel a stage, the loss over the rate, with the suggested rates and the recipe's.</summary>
public static class RateFinderPlot
{
    private const int PanelHeight = 420;

    private static readonly Color LossColor = Color.FromHex("#0072b2"), SuggestionColor = Color.FromHex("#d55e00"), RecipeColor = Color.FromHex("#444444");

    /// <summary>Draws and writes the picture; its height is by the number of stages.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="stages">Name, rate in the recipe, and curve of each stage; at least one.</param>
    public static void Save(string path, IReadOnlyList<(string Name, double RecipeRate, RateSearch Search)> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentOutOfRangeException.ThrowIfZero(stages.Count);
        using var surface = SKSurface.Create(new SKImageInfo(PlotPanel.Width, stages.Count * PanelHeight));
        surface.Canvas.Clear(SKColors.White);
        foreach (var (index, stage) in stages.Index())
            PlotPanel.Draw(surface.Canvas, Panel(stage.Name, stage.RecipeRate, stage.Search), index * PanelHeight, PanelHeight);
        PictureFile.SavePng(path, surface);
    }

    private static Plot Panel(string name, double recipeRate, RateSearch search)
    {
        var plot = PlotPanel.Create($"{name}: loss", span: 1, topMargin: 20, bottomMargin: 58);
        plot.XLabel("learning rate");
        double[] powers = [.. search.Points.Select(point => Math.Log10(point.Rate))];
        PlotPanel.Line(plot, powers, [.. search.Points.Select(point => point.Loss)], LossColor.WithAlpha(0.3), 1.5f);
        PlotPanel.Line(plot, powers, [.. search.Points.Select(point => point.Smoothed)], LossColor, 3);
        Mark(plot, search, search.Valley, "valley", MarkerShape.FilledCircle);
        Mark(plot, search, search.Steepest, "steepest", MarkerShape.FilledTriangleDown);
        Mark(plot, search, search.TenthOfLowest, "lowest / 10", MarkerShape.FilledSquare);
        var own = plot.Add.VerticalLine(Math.Log10(recipeRate), 1.5f, RecipeColor, LinePattern.Dashed);
        own.LegendText = string.Create(CultureInfo.InvariantCulture, $"recipe: {recipeRate:0.##e+0}");
        Scale(plot, search, powers);
        plot.ShowLegend(Alignment.UpperLeft);
        return plot;
    }

    private static void Mark(Plot plot, RateSearch search, double? rate, string name, MarkerShape shape)
    {
        if (rate is not { } value) return;
        var loss = search.Points.MinBy(point => Math.Abs(Math.Log(point.Rate / value))).Smoothed;
        plot.Add.Marker(Math.Log10(value), loss, shape, 13, SuggestionColor).LegendText = string.Create(CultureInfo.InvariantCulture, $"{name}: {value:0.##e+0}");
    }

    // The explosion at the end would press the fall into a line.
    private static void Scale(Plot plot, RateSearch search, double[] powers)
    {
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = power => string.Create(CultureInfo.InvariantCulture, $"1e{power:0}"),
        };
        plot.Axes.SetLimitsX(powers.DefaultIfEmpty(-6).Min(), powers.DefaultIfEmpty(1).Max() + 0.1);
        var losses = search.Points.Select(point => point.Smoothed).DefaultIfEmpty(1).ToList();
        var ceiling = Math.Max(losses[0], losses.Min()) * 1.6;
        PlotPanel.Fit(plot, [.. losses.Select(loss => Math.Min(loss, ceiling))], fromZero: false);
    }
}
