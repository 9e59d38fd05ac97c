using System.Globalization;
using Altar.Metrics;
using SkiaSharp;

namespace Altar.Reports;

/// <summary>What was taken for what, as one picture: a matrix, or for many classes the most frequent errors.</summary>
public static class ConfusionPlot
{
    /// <summary>Above so many classes the most frequent errors are listed: a matrix of them cannot be read.</summary>
    public const int MostClasses = 30;

    private const int MostPairs = 30, Margin = 24, LabelSize = 16, PairHeight = 34, PairWidth = 1100;
    private static readonly SKColor Ink = SKColor.Parse("#212529"), Faint = SKColor.Parse("#868e96"), Line = SKColor.Parse("#e9ecef");
    private static readonly SKColor Right = SKColor.Parse("#1c7ed6"), Wrong = SKColor.Parse("#d9480f");

    /// <summary>Draws and writes the picture. A cell holds the count and its share of the row; blue is right, red is wrong.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="scores">The scores with their confusion.</param>
    public static void Save(string path, ClassificationScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        using var surface = scores.PerClass.Count <= MostClasses ? Matrix(scores) : Pairs(scores);
        PictureFile.SavePng(path, surface);
    }

    private static SKSurface Matrix(ClassificationScores scores)
    {
        var classes = scores.PerClass;
        var cell = Math.Clamp(1000 / Math.Max(1, classes.Count), 46, 92);
        var label = Math.Clamp(classes.Select(score => Lettering.Measure(score.Name, LabelSize)).DefaultIfEmpty(0).Max(), 80, 260);
        var left = Margin + label + 14;
        var top = Margin + 56 + (0.75f * label) + 10;
        var surface = Blank(Math.Max(620, left + (cell * (classes.Count + 1)) + 12 + (0.75f * label) + Margin), top + (cell * (classes.Count + 1)) + 12 + Margin);
        var canvas = surface.Canvas;
        Lettering.Draw(canvas, $"Confusion of {scores.Pictures} pictures", Margin, Margin + 18, 22, Ink, isBold: true);
        Lettering.Draw(canvas, "rows: truth, columns: first guess", Margin, Margin + 42, 15, Faint);
        for (var k = 0; k < classes.Count; k++)
        {
            Lettering.Draw(canvas, classes[k].Name, left - 12, top + (cell * (k + 0.5f)) + 6, LabelSize, Ink, label, align: SKTextAlign.Right);
            Slanted(canvas, classes[k].Name, left + (cell * (k + 0.5f)), top - 10, label, Ink);
            for (var guess = 0; guess < classes.Count; guess++)
                Cell(canvas, scores.Confusion, k, guess, SKRect.Create(left + (cell * guess), top + (cell * k), cell, cell));
        }

        Edges(canvas, classes, left, top, cell);
        return surface;
    }

    // Recall at the right, precision below.
    private static void Edges(SKCanvas canvas, IReadOnlyList<ClassScore> classes, float left, float top, float cell)
    {
        var (right, bottom) = (left + (cell * classes.Count) + 12, top + (cell * classes.Count) + 12);
        Slanted(canvas, "recall", right + (cell / 2), top - 10, 100, Faint);
        Lettering.Draw(canvas, "precision", left - 12, bottom + (cell / 2) + 6, LabelSize, Faint, align: SKTextAlign.Right);
        var size = cell > 60 ? LabelSize : 13;
        for (var k = 0; k < classes.Count; k++)
        {
            Lettering.Draw(canvas, Percent(classes[k].Recall), right + (cell / 2), top + (cell * (k + 0.5f)) + 6, size, Faint, align: SKTextAlign.Center);
            Lettering.Draw(canvas, Percent(classes[k].Precision), left + (cell * (k + 0.5f)), bottom + (cell / 2) + 6, size, Faint, align: SKTextAlign.Center);
        }
    }

    private static void Cell(SKCanvas canvas, ConfusionMatrix confusion, int truth, int guess, SKRect place)
    {
        var count = confusion[truth, guess];
        var share = count == 0 ? 0 : (float)count / confusion.OfTruth(truth);
        // Errors are rare: their colour rises faster than their share.
        var strength = truth == guess ? share * 0.9f : MathF.Sqrt(share);
        using var fill = new SKPaint { Color = Blend(truth == guess ? Right : Wrong, strength) };
        using var border = new SKPaint { Color = Line, IsStroke = true };
        canvas.DrawRect(place, fill);
        canvas.DrawRect(place, border);
        if (count == 0) return;
        var ink = strength > 0.55f ? SKColors.White : Ink;
        Lettering.Draw(canvas, count.ToString(CultureInfo.InvariantCulture), place.MidX, place.MidY + 1, place.Width > 60 ? 18 : 15, ink, isBold: true, align: SKTextAlign.Center);
        Lettering.Draw(canvas, Percent(share), place.MidX, place.MidY + 17, 12, ink, align: SKTextAlign.Center);
    }

    private static SKSurface Pairs(ClassificationScores scores)
    {
        var pairs = scores.Confusion.WorstPairs(MostPairs);
        var top = Margin + 64;
        var surface = Blank(PairWidth, top + (PairHeight * Math.Max(1, pairs.Count)) + Margin);
        var canvas = surface.Canvas;
        Lettering.Draw(canvas, $"The most frequent errors among {scores.PerClass.Count} classes", Margin, Margin + 18, 22, Ink, isBold: true);
        Lettering.Draw(canvas, $"{scores.Pictures} pictures; how often the left was taken for the right, and its share of the left's pictures", Margin, Margin + 42, 15, Faint);
        if (pairs.Count == 0) Lettering.Draw(canvas, "none", Margin, top + 22, LabelSize, Ink);
        foreach (var (index, pair) in pairs.Index())
            Pair(canvas, scores.PerClass, pair, (float)pair.Count / pairs[0].Count, top + (PairHeight * index));
        return surface;
    }

    private static void Pair(SKCanvas canvas, IReadOnlyList<ClassScore> classes, ConfusedPair pair, float length, float top)
    {
        const float Middle = Margin + 340, Bars = Middle + 370, LongestBar = 200;
        Lettering.Draw(canvas, classes[pair.Truth].Name, Middle - 20, top + 22, LabelSize, Ink, 310, align: SKTextAlign.Right);
        Lettering.Draw(canvas, "→", Middle, top + 22, LabelSize, Faint, align: SKTextAlign.Center);
        Lettering.Draw(canvas, classes[pair.Guess].Name, Middle + 20, top + 22, LabelSize, Ink, 310);
        using var fill = new SKPaint { Color = Blend(Wrong, 0.75f) };
        canvas.DrawRect(SKRect.Create(Bars, top + 6, length * LongestBar, PairHeight - 12), fill);
        Lettering.Draw(canvas, $"{pair.Count}  ({Percent(pair.Share)})", Bars + (length * LongestBar) + 10, top + 22, LabelSize, Ink);
    }

    private static void Slanted(SKCanvas canvas, string text, float x, float y, float room, SKColor color)
    {
        using var restore = new SKAutoCanvasRestore(canvas);
        canvas.Translate(x, y);
        canvas.RotateDegrees(-45);
        Lettering.Draw(canvas, text, 0, 4, LabelSize, color, room);
    }

    private static SKSurface Blank(float width, float height)
    {
        var surface = SKSurface.Create(new SKImageInfo((int)width, (int)height));
        surface.Canvas.Clear(SKColors.White);
        return surface;
    }

    private static SKColor Blend(SKColor color, float strength) => new(
        (byte)(255 + ((color.Red - 255) * strength)), (byte)(255 + ((color.Green - 255) * strength)), (byte)(255 + ((color.Blue - 255) * strength)));

    private static string Percent(double share) => double.IsNaN(share) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
