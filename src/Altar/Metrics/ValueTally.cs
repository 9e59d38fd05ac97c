namespace Altar.Metrics;

/// <summary>How far values lie from their targets, in the unit of the value. NaN over no targets.</summary>
public sealed class ValueTally
{
    private double _absolute, _squared, _signed;

    /// <summary>Values with a known target.</summary>
    public long Count { get; private set; }

    /// <summary>Mean of |value - target|; lower is better.</summary>
    public double MeanAbsoluteError => _absolute / Count;

    /// <summary>Root of the mean squared error; lower is better, far values weigh more.</summary>
    public double RootMeanSquaredError => Math.Sqrt(_squared / Count);

    /// <summary>Mean of value - target: above 0 where values are too high.</summary>
    public double Bias => _signed / Count;

    /// <summary>Adds a value; one whose target is NaN is passed over.</summary>
    /// <param name="value">What the network said.</param>
    /// <param name="target">The truth, or NaN.</param>
    public void Add(double value, double target)
    {
        if (double.IsNaN(target)) return;
        var error = value - target;
        Count++;
        _absolute += Math.Abs(error);
        _squared += error * error;
        _signed += error;
    }
}
