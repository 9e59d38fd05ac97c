namespace Altar.Tests.Losses;

/// <summary>The named losses written out in loops over numbers: slow, and nothing like the library's.</summary>
internal sealed class SlowPixelLosses(double[,,,] logits, long[,,] target, double[]? classWeights)
{
    private readonly int _samples = logits.GetLength(0), _classes = logits.GetLength(1), _height = logits.GetLength(2), _width = logits.GetLength(3);

    public double OfBatch(string name) => Of(name, [.. Enumerable.Range(0, _samples)]);

    public double OfSample(string name, int sample) => Of(name, [sample]);

    private double Of(string name, int[] samples) => name switch
    {
        "bce" => PixelMean(samples, BinaryCrossEntropy, (_, _, _, _) => 1),
        "cross_entropy" => PixelMean(samples, SoftmaxCrossEntropy, (_, _, _, _) => 1, channels: 1),
        "focal" => PixelMean(samples, Focal, (_, _, _, _) => 1, channels: 1),
        "border_bce" => PixelMean(samples, BinaryCrossEntropy, BorderWeights(samples)),
        "dice" => ClassMean(k => 1 - Smooth(2 * Sum(samples, k).I, Sum(samples, k).P + Sum(samples, k).T)),
        "jaccard" => ClassMean(k => 1 - Smooth(Sum(samples, k).I, Sum(samples, k).P + Sum(samples, k).T - Sum(samples, k).I)),
        "tversky" => ClassMean(k => TverskyOf(Sum(samples, k))),
        "border_dice" => ClassMean(k => BorderDice(samples, k)),
        "carvana_dice" => ClassMean(k => 1 - Math.Clamp(samples.Average(n => Sum([n], k) is var (i, p, t) ? 2 * (i + 1) / (p + t + 1) : 0), 0, 1)),
        "log_jaccard" => ClassSum(k => Sum(samples, k) is var (i, p, t) ? -Math.Log((i + 1e-15) / (p + t - i + 1e-15)) : 0),
        "log_dice" => ClassSum(k => Sum(samples, k) is var (i, p, t) ? -Math.Log(((2 * i) + 1e-15) / (p + t + 1e-15)) : 0),
        "lovasz" => Lovasz(samples),
        _ => throw new ArgumentException(name),
    };

    private static double Smooth(double above, double below) => (above + 1) / (below + 1);

    private static double TverskyOf((double I, double P, double T) areas) =>
        1 - ((areas.I + 1) / (areas.I + (0.3 * (areas.P - areas.I)) + (0.7 * (areas.T - areas.I)) + 1));

    private IEnumerable<(int N, int Y, int X)> Judged(int[] samples) =>
        from n in samples
        from y in Enumerable.Range(0, _height)
        from x in Enumerable.Range(0, _width)
        where target[n, y, x] >= 0
        select (n, y, x);

    private bool IsOf(int n, int k, int y, int x) => target[n, y, x] == (_classes == 1 ? 1 : k);

    private double Probability(int n, int k, int y, int x)
    {
        if (_classes == 1) return 1 / (1 + Math.Exp(-logits[n, 0, y, x]));
        return Math.Exp(logits[n, k, y, x]) / Enumerable.Range(0, _classes).Sum(j => Math.Exp(logits[n, j, y, x]));
    }

    private double BinaryCrossEntropy(int n, int k, int y, int x)
    {
        var p = 1 / (1 + Math.Exp(-logits[n, k, y, x]));
        return -Math.Log(IsOf(n, k, y, x) ? p : 1 - p);
    }

    private double SoftmaxCrossEntropy(int n, int k, int y, int x) => -Math.Log(Probability(n, (int)target[n, y, x], y, x));

    private double Focal(int n, int k, int y, int x)
    {
        var surprise = _classes == 1 ? BinaryCrossEntropy(n, 0, y, x) : SoftmaxCrossEntropy(n, 0, y, x);
        var p = Math.Exp(-surprise);
        return (1 - p) * (1 - p) * surprise;
    }

    private double PixelMean(int[] samples, Func<int, int, int, int, double> loss, Func<int, int, int, int, double> extra, int? channels = null)
    {
        var (total, weights) = (0.0, 0.0);
        foreach (var (n, y, x) in Judged(samples))
        {
            for (var k = 0; k < (channels ?? _classes); k++)
            {
                var weight = classWeights is null ? 1 : _classes == 1 ? (IsOf(n, 0, y, x) ? classWeights[0] : 1) : classWeights[channels == 1 ? target[n, y, x] : k];
                total += weight * extra(n, k, y, x) * loss(n, k, y, x);
                weights += weight * extra(n, k, y, x);
            }
        }

        return weights == 0 ? 0 : total / weights;
    }

    private double ClassWeight(int k) => _classes == 1 || classWeights is null ? 1 : classWeights[k];

    private double ClassMean(Func<int, double> loss) => ClassSum(loss) / Enumerable.Range(0, _classes).Sum(ClassWeight);

    private double ClassSum(Func<int, double> loss) => Enumerable.Range(0, _classes).Sum(k => ClassWeight(k) * loss(k));

    private (double I, double P, double T) Sum(int[] samples, int k) => Sum(samples, k, (_, _, _, _) => 1);

    private (double I, double P, double T) Sum(int[] samples, int k, Func<int, int, int, int, double> weight)
    {
        var (overlap, predicted, truth) = (0.0, 0.0, 0.0);
        foreach (var (n, y, x) in Judged(samples))
        {
            var (p, t, w) = (Probability(n, k, y, x), IsOf(n, k, y, x) ? 1 : 0, weight(n, k, y, x));
            (overlap, predicted, truth) = (overlap + (w * p * t), predicted + (w * p), truth + (w * t));
        }

        return (overlap, predicted, truth);
    }

    private double BorderDice(int[] samples, int k)
    {
        var weight = BorderWeights(samples);
        var (i, p, t) = Sum(samples, k, (n, c, y, x) => weight(n, c, y, x) * weight(n, c, y, x));
        return 1 - Smooth(2 * i, p + t);
    }

    private Func<int, int, int, int, double> BorderWeights(int[] samples)
    {
        double Raw(int n, int k, int y, int x)
        {
            var near = 0.0;
            for (var dy = -5; dy <= 5; dy++)
            {
                for (var dx = -5; dx <= 5; dx++)
                {
                    if (y + dy >= 0 && y + dy < _height && x + dx >= 0 && x + dx < _width && IsOf(n, k, y + dy, x + dx)) near++;
                }
            }

            return near / 121 is >= 0.01 and <= 0.99 ? 3 : 1;
        }

        var mean = Judged(samples).SelectMany(pixel => Enumerable.Range(0, _classes).Select(k => Raw(pixel.N, k, pixel.Y, pixel.X))).DefaultIfEmpty(1).Average();
        return (n, k, y, x) => Raw(n, k, y, x) / mean;
    }

    private double Lovasz(int[] samples)
    {
        var classes = Enumerable.Range(0, _classes).Where(k => _classes == 1 || Judged(samples).Any(at => IsOf(at.N, k, at.Y, at.X))).ToList();
        return classes.Sum(k => ClassWeight(k) * LovaszOfClass(samples, k)) / Math.Max(1e-12, classes.Sum(ClassWeight));
    }

    // Every prefix of the sorted errors costs the IoU that taking it for wrong would lose.
    private double LovaszOfClass(int[] samples, int k)
    {
        var pixels = Judged(samples).Select(at => (Error: Error(at.N, k, at.Y, at.X), IsTrue: IsOf(at.N, k, at.Y, at.X))).OrderByDescending(pixel => pixel.Error).ToList();
        var area = pixels.Count(pixel => pixel.IsTrue);
        var (loss, before) = (0.0, 0.0);
        for (var wrong = 1; wrong <= pixels.Count; wrong++)
        {
            var misses = pixels.Take(wrong).Count(pixel => pixel.IsTrue);
            var lost = 1 - ((double)(area - misses) / (area + wrong - misses));
            loss += Math.Max(0, pixels[wrong - 1].Error) * (lost - before);
            before = lost;
        }

        return loss;
    }

    private double Error(int n, int k, int y, int x) => _classes == 1
        ? 1 - (logits[n, 0, y, x] * (IsOf(n, 0, y, x) ? 1 : -1))
        : Math.Abs((IsOf(n, k, y, x) ? 1 : 0) - Probability(n, k, y, x));
}
