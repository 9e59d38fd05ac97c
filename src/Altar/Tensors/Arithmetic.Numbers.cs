using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Tensors;

// Tensor and number, into a new tensor: what losses are made of. Gradients flow through all but the comparisons.
public static partial class Arithmetic
{
#pragma warning disable RS0030 // The one home of scalars.
    /// <summary>tensor + number.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="number">Any number.</param>
    public static Tensor Plus(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return Given(tensor).add(scalar, One);
    }

    /// <summary>tensor * number.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="number">Any number.</param>
    public static Tensor Times(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return Given(tensor).mul(scalar);
    }

    /// <summary>number - tensor.</summary>
    /// <param name="number">Any number.</param>
    /// <param name="tensor">Any shape.</param>
    public static Tensor Minus(this double number, Tensor tensor)
    {
        using var negative = Given(tensor).neg();
        return negative.Plus(number);
    }

    /// <summary>tensor ^ exponent.</summary>
    /// <param name="tensor">Any shape; not below 0 where the exponent is no whole number.</param>
    /// <param name="exponent">Any number. The gradient at 0 is infinite below 1.</param>
    public static Tensor Power(this Tensor tensor, double exponent)
    {
        using var scalar = exponent.ToScalar();
        return Given(tensor).pow(scalar);
    }

    /// <summary>The larger of tensor and number; no gradient where that is the number.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="number">Any number.</param>
    public static Tensor AtLeast(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return Given(tensor).clamp(min: scalar);
    }

    /// <summary>The larger of tensor and number; a tensor of whole numbers stays one.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="number">Any number.</param>
    public static Tensor AtLeast(this Tensor tensor, long number)
    {
        using var scalar = number.ToScalar();
        return Given(tensor).clamp(min: scalar);
    }

    /// <summary>The tensor held in [low, high]; no gradient outside.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="low">Any number.</param>
    /// <param name="high">At least <paramref name="low"/>.</param>
    public static Tensor Within(this Tensor tensor, double low, double high)
    {
        using var least = low.ToScalar();
        using var most = high.ToScalar();
        return Given(tensor).clamp(least, most);
    }

    /// <summary>Where tensor &gt;= number, as a bool tensor.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="number">Any number.</param>
    public static Tensor IsAtLeast(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return Given(tensor).ge(scalar);
    }

    /// <summary>Where tensor &lt;= number, as a bool tensor.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="number">Any number.</param>
    public static Tensor IsAtMost(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return Given(tensor).le(scalar);
    }

    /// <summary>first, first + 1, ..., int64 [count].</summary>
    /// <param name="first">The first number.</param>
    /// <param name="count">How many.</param>
    /// <param name="device">Where the tensor lives.</param>
    public static Tensor Counting(long first, long count, Device device)
    {
        using var start = first.ToScalar();
        using var stop = (first + count).ToScalar();
        return arange(start, stop, One, ScalarType.Int64, device);
    }
#pragma warning restore RS0030
}
