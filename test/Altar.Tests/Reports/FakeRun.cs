using Altar.Metrics;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Tests.Reports;

/// <summary>Numbers as a run of three stages leaves them.</summary>
internal static class FakeRun
{
    public static EpochRecord Epoch(int epoch = 1, string stage = "head", int stepsPerEpoch = 40) => new(
        epoch, stage, epoch * stepsPerEpoch, Rate(stage), 2.4 / (1 + (0.7 * epoch)), Val(0.45 + (1.6 / (epoch + 1)), 0.87 - (0.5 / (epoch + 1)), 0.99 - (0.2 / (epoch + 1))),
        41.25, 31.5, 0.012, 1234, 1187.5);

    public static MetricValues Val(double logLoss, double top1, double top5 = 0.95) => new((Metric.LogLoss, logLoss), (Metric.Top1, top1), (Metric.Top5, top5));

    public static IReadOnlyList<EpochRecord> Epochs(int stepsPerEpoch = 40) =>
    [
        .. from epoch in Enumerable.Range(1, 9)
           select Epoch(epoch, epoch <= 2 ? "head" : epoch <= 7 ? "everything, hard" : "calm", stepsPerEpoch),
    ];

    public static IReadOnlyList<StepRecord> Steps(int stepsPerEpoch = 40)
    {
        var random = new Seed(3).ToRandom();
        return
        [
            .. from epoch in Epochs(stepsPerEpoch)
               from step in Enumerable.Range(0, stepsPerEpoch)
               let progress = epoch.Epoch - 1 + ((double)step / stepsPerEpoch)
               let fall = epoch.Epoch is > 2 and < 8 ? 0.5 * (1.02 + Math.Cos(Math.PI * (progress - 2) / 5)) : 1
               select new StepRecord(epoch.Steps - stepsPerEpoch + step + 1, epoch.Epoch, epoch.Rate * fall, 2.4 / (1 + (0.7 * progress)) * (0.7 + (0.6 * random.NextDouble()))),
        ];
    }

    public static IReadOnlyList<StageSummary> Stages =>
    [
        new("head", 2, 82.5, 63, 0.008, Val(0.98, 0.70)), new("everything, hard", 5, 206.25, 31.5, 0.012, Val(0.65, 0.8075)), new("calm", 2, 82.5, 32, 0.011, Val(0.61, 0.82)),
    ];

    /// <summary>Guesses that are right about four times in five.</summary>
    public static IReadOnlyList<Prediction> Predictions(IReadOnlyList<string> classes, int count, Func<int, string>? path = null)
    {
        var random = new Seed(4).ToRandom();
        return [.. Enumerable.Range(0, count).Select(i => Guess(path?.Invoke(i) ?? $"photos/{i:0000}.jpg", random, classes.Count))];
    }

    private static Prediction Guess(string path, Random random, int classes)
    {
        var label = random.Next(classes);
        var guess = random.NextDouble() < 0.8 ? label : (label + 1 + random.Next(Math.Min(2, classes))) % classes;
        var scores = Enumerable.Range(0, classes).Select(k => random.NextDouble() * (k == guess ? 40 : 1)).ToArray();
        return new Prediction(path, label, [.. scores.Select(score => (float)(score / scores.Sum()))]);
    }

    private static double Rate(string stage) => stage switch { "head" => 1e-2, "calm" => 1e-4, _ => 1e-3 };
}
