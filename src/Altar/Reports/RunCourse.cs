using Altar.Metrics;
using Altar.Training;

namespace Altar.Reports;

/// <summary>The rows of a run on one axis of epochs.</summary>
internal sealed class RunCourse
{
    private readonly IReadOnlyList<StepRecord> _steps;
    private readonly List<(int Steps, int Epoch)> _ends;
    private readonly double _lastEpochSteps;

    public RunCourse(IReadOnlyList<EpochRecord> epochs, IReadOnlyList<StepRecord> steps, IReadOnlyList<StageSummary> stages, Metric metric)
    {
        Epochs = [.. epochs.OrderBy(row => row.Epoch)];
        _steps = steps;
        _ends = [(0, 0), .. Epochs.Select(row => (row.Steps, row.Epoch))];
        _lastEpochSteps = _ends.Count > 1 ? Math.Max(1, _ends[^1].Steps - _ends[^2].Steps) : Math.Max(1, steps.Count);
        Bands = StageBand.Of(stages, Epochs);
        Length = Math.Max(Epochs.Count == 0 ? 0 : Epochs[^1].Epoch, steps.Count == 0 ? 0 : At(steps[^1].Step));
        foreach (var row in Epochs)
        {
            if (Best is null || metric.IsBetter(Of(row), Of(Best))) Best = row;
        }

        double Of(EpochRecord row) => row.Val[metric];
    }

    public IReadOnlyList<EpochRecord> Epochs { get; }

    public IReadOnlyList<StageBand> Bands { get; }

    /// <summary>Epochs done, with the part of the one at work.</summary>
    public double Length { get; }

    public EpochRecord? Best { get; }

    public Metric Loss => Epochs.Count == 0 ? Metric.LogLoss : Epochs[0].Val.Loss;

    public Metric Headline => Epochs.Count == 0 ? Metric.Top1 : Epochs[0].Val.Headline;

    /// <summary>Where each epoch ended: 1, 2, ...</summary>
    public double[] Ends => [.. Epochs.Select(row => (double)row.Epoch)];

    /// <summary>Epochs done after a step; in the epoch at work judged by the steps of the one before.</summary>
    public double At(int step)
    {
        var place = _ends.BinarySearch((step, int.MaxValue));
        var next = place < 0 ? ~place : place;
        var (from, epoch) = _ends[next - 1];
        if (next == _ends.Count) return epoch + Math.Min(1, (step - from) / _lastEpochSteps);
        return epoch + ((double)(step - from) / (_ends[next].Steps - from) * (_ends[next].Epoch - epoch));
    }

    public (double[] X, double[] Y) StepLosses(int most) => Thin(_steps.Select(step => step.Loss), most);

    public (double[] X, double[] Y) Rates(int most) => Thin(_steps.Select(step => step.Rate), most);

    /// <summary>A figure that only some steps have.</summary>
    public (double[] X, double[] Y) Measured(IEnumerable<(int Step, double Value)> values, int most)
    {
        var rows = values.Where(row => double.IsFinite(row.Value)).ToList();
        var stride = Math.Max(1, (rows.Count + most - 1) / most);
        var kept = rows.Where((_, index) => index % stride == 0).ToList();
        return ([.. kept.Select(row => At(row.Step))], [.. kept.Select(row => row.Value)]);
    }

    /// <summary>Exponential mean over a sixtieth of the run, at most 200 steps, unbiased at its start; NaN is left out.</summary>
    public (double[] X, double[] Y) SmoothLosses(int most)
    {
        var keep = 1 - (1.0 / Math.Clamp(_steps.Count / 60.0, 1, 200));
        double sum = 0, weight = 0;
        return Thin(Smooth(), most);

        IEnumerable<double> Smooth()
        {
            foreach (var step in _steps)
            {
                if (double.IsFinite(step.Loss)) (sum, weight) = ((sum * keep) + step.Loss, (weight * keep) + 1);
                yield return sum / weight;
            }
        }
    }

    private (double[] X, double[] Y) Thin(IEnumerable<double> values, int most)
    {
        var stride = Math.Max(1, (_steps.Count + most - 1) / most);
        var kept = values.Index().Where(pair => pair.Index % stride == 0 || pair.Index == _steps.Count - 1).ToList();
        return ([.. kept.Select(pair => At(_steps[pair.Index].Step))], [.. kept.Select(pair => pair.Item)]);
    }
}
