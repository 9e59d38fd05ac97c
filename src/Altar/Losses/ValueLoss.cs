using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>How the distance of a value from its target counts.</summary>
public enum Distance
{
    /// <summary>d^2 / 2 up to delta, then delta (|d| - delta / 2): far values do not dominate (Huber 1964).</summary>
    Huber,

    /// <summary>|d|: the network learns the median.</summary>
    Absolute,

    /// <summary>d^2: the network learns the mean.</summary>
    Squared,
}

/// <summary>Loss of values (prices, counts, ages).</summary>
/// <remarks>A target of NaN is missing: no loss, no gradient.</remarks>
public static class ValueLoss
{
    /// <summary>Mean over the known targets; 0 if there is none.</summary>
    /// <param name="values">What the network says, float, any shape.</param>
    /// <param name="targets">The same shape; NaN is missing.</param>
    /// <param name="distance">Default Huber.</param>
    /// <param name="delta">Where Huber turns from a square to a line, in units of the value, above 0. Default 1.</param>
    /// <returns>Scalar, at least 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or delta is out of its range.</exception>
    public static Tensor Mean(Tensor values, Tensor targets, Distance distance = Distance.Huber, double delta = 1)
    {
        using var scope = NewDisposeScope();
        var (loss, known) = Terms(values, targets, distance, delta);
        return Labels.Share(loss.sum(), known.sum()).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of each value; 0 where its target is missing.</summary>
    /// <param name="values">Float, any shape.</param>
    /// <param name="targets">The same shape; NaN is missing.</param>
    /// <param name="distance">Default Huber.</param>
    /// <param name="delta">Where Huber turns from a square to a line, above 0. Default 1.</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or delta is out of its range.</exception>
    public static Tensor Each(Tensor values, Tensor targets, Distance distance = Distance.Huber, double delta = 1)
    {
        using var scope = NewDisposeScope();
        return Terms(values, targets, distance, delta).Loss.MoveToOuterDisposeScope();
    }

    // NaN is replaced before the subtraction: NaN * 0 would still be NaN in the gradient.
    private static (Tensor Loss, Tensor Known) Terms(Tensor values, Tensor targets, Distance distance, double delta)
    {
        ArgumentNullException.ThrowIfNull(values);
        Labels.CheckShape(targets, values.shape, nameof(targets));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);

        var missing = targets.isnan();
        var truth = where(missing, zeros_like(values), targets.to_type(values.dtype));
        var loss = distance switch
        {
            Distance.Absolute => nn.functional.l1_loss(values, truth, nn.Reduction.None),
            Distance.Squared => nn.functional.mse_loss(values, truth, nn.Reduction.None),
            _ => nn.functional.huber_loss(values, truth, delta, nn.Reduction.None),
        };
        var known = missing.logical_not().to_type(values.dtype);
        return (loss.mul(known), known);
    }
}
