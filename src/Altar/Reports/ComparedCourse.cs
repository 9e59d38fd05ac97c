using Altar.Metrics;

namespace Altar.Reports;

/// <summary>The curves of one run along a chosen axis.</summary>
internal sealed class ComparedCourse
{
    private const int MostPoints = 2000;

    private readonly RunCourse _course;
    private readonly double[] _epochs, _places;

    public ComparedCourse(ComparedRun run, ComparisonAxis axis)
    {
        Run = run;
        _course = new RunCourse(run.Epochs, run.Steps, [], run.By);
        _epochs = [0, .. _course.Ends];
        var seconds = 0.0;
        _places = [0, .. _course.Epochs.Select(row => axis switch
        {
            ComparisonAxis.Step => row.Steps,
            ComparisonAxis.Minutes => (seconds += row.Seconds) / 60,
            _ => row.Epoch,
        })];
    }

    public ComparedRun Run { get; }

    /// <summary>Where its last epoch or step lies.</summary>
    public double Length => At(_course.Length);

    public (double[] X, double[] Y) TrainLosses => Along(_course.SmoothLosses(MostPoints));

    public (double[] X, double[] Y) Rates => Along(_course.Rates(MostPoints));

    /// <summary>A figure after each epoch; nothing where the run does not have it.</summary>
    public (double[] X, double[] Y) Figures(Metric metric)
    {
        var rows = _course.Epochs.Where(row => !double.IsNaN(row.Val[metric])).ToList();
        return ([.. rows.Select(row => At(row.Epoch))], [.. rows.Select(row => row.Val[metric])]);
    }

    /// <summary>Where the best epoch ended.</summary>
    public double? Best => Run.Best is { } best ? At(best.Epoch) : null;

    private (double[] X, double[] Y) Along((double[] X, double[] Y) curve) => ([.. curve.X.Select(At)], curve.Y);

    // Straight between the ends of epochs, and on as in the last one.
    private double At(double epochs)
    {
        if (_epochs.Length == 1) return epochs;
        var next = Math.Clamp(Array.FindIndex(_epochs, end => end >= epochs) is var found and >= 0 ? found : _epochs.Length, 1, _epochs.Length - 1);
        var share = (epochs - _epochs[next - 1]) / (_epochs[next] - _epochs[next - 1]);
        return _places[next - 1] + (share * (_places[next] - _places[next - 1]));
    }
}
