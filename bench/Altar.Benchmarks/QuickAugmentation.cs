using System.Globalization;
using Altar.Augmentation;
using Altar.Augmentation.Kernels;

namespace Altar.Benchmarks;

/// <summary>The same work in turn, median of rounds, by the process's own processor time: a minute instead of ten. Run with the argument augmentation.</summary>
internal static class QuickAugmentation
{
    private const int Pictures = 400, Rounds = 7;

    public static void Run()
    {
        using var work = new AugmentationWork(Pictures);
        var ways = new List<(string Name, Action Work)>
        {
            ("OpenCV call by call", work.OpenCvCallByCall),
            ("plain", () => work.Augment(VectorWidth.Plain)),
            ("decode", work.Decode),
            ("decode and augment", () => work.DecodeAndAugment(Augmenter.Widest())),
        };
        if (Augmenter.Widest() >= VectorWidth.Bits128) ways.Insert(1, ("128-bit vectors", () => work.Augment(VectorWidth.Bits128)));
        if (Augmenter.Widest() >= VectorWidth.Bits256) ways.Insert(1, ("256-bit vectors", () => work.Augment(VectorWidth.Bits256)));
        if (Augmenter.Widest() >= VectorWidth.Bits512) ways.Insert(1, ("512-bit vectors", () => work.Augment(VectorWidth.Bits512)));

        var rates = ways.Select(_ => new List<double>()).ToList();
        foreach (var (_, action) in ways) action();   // compiles, warms the file cache
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < ways.Count; i++)
            {
                var start = Environment.CpuUsage.TotalTime;
                ways[i].Work();
                rates[i].Add(Pictures / (Environment.CpuUsage.TotalTime - start).TotalSeconds);
            }
        }

        var baseline = Median(rates[0]);
        for (var i = 0; i < ways.Count; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ways[i].Name,-20} {Median(rates[i]),7:0} pictures/s  {Median(rates[i]) / baseline:0.00}x"));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
