using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Tensors;

/// <summary>Sums, products and quotients of tensors, with every scalar held until the native call is over.</summary>
/// <remarks>
/// TorchSharp 0.107 makes a scalar of every number, also of the 1 behind <c>left + right</c>, and holds none of them: a garbage
/// collection during the call frees it ("Unknown scalar type", or a wrong number). Methods whose name ends in InPlace change and return
/// their first tensor. Reason, figures and their command: docs/decisions/0008-scalars.md.
/// </remarks>
public static partial class Arithmetic
{
#pragma warning disable RS0030 // The one home of scalars.
    private static readonly Scalar One = 1.ToScalar();

    /// <summary>left + right.</summary>
    /// <param name="left">Any shape.</param>
    /// <param name="right">A shape that broadcasts with it.</param>
    public static Tensor Plus(this Tensor left, Tensor right) => Given(left).add(right, One);

    /// <summary>left + factor * right.</summary>
    /// <param name="left">Any shape.</param>
    /// <param name="right">A shape that broadcasts with it.</param>
    /// <param name="factor">Any number.</param>
    public static Tensor Plus(this Tensor left, Tensor right, double factor)
    {
        using var scalar = factor.ToScalar();
        return Given(left).add(right, scalar);
    }

    /// <summary>target + other.</summary>
    /// <param name="target">Changed.</param>
    /// <param name="other">A shape that broadcasts to it.</param>
    public static Tensor AddInPlace(this Tensor target, Tensor other) => Given(target).add_(other, One);

    /// <summary>target + factor * other.</summary>
    /// <param name="target">Changed.</param>
    /// <param name="other">A shape that broadcasts to it.</param>
    /// <param name="factor">Any number.</param>
    public static Tensor AddInPlace(this Tensor target, Tensor other, double factor)
    {
        using var scalar = factor.ToScalar();
        return Given(target).add_(other, scalar);
    }

    /// <summary>target + number.</summary>
    /// <param name="target">Changed; floating point.</param>
    /// <param name="number">Any number.</param>
    public static Tensor AddInPlace(this Tensor target, double number)
    {
        using var scalar = number.ToScalar();
        return Given(target).add_(scalar, One);
    }

    /// <summary>counter + 1.</summary>
    /// <param name="counter">Changed; whole numbers.</param>
    public static Tensor CountInPlace(this Tensor counter) => Given(counter).add_(One, One);

    /// <summary>target * number.</summary>
    /// <param name="target">Changed; floating point.</param>
    /// <param name="number">Any number.</param>
    public static Tensor MultiplyInPlace(this Tensor target, double number)
    {
        using var scalar = number.ToScalar();
        return Given(target).mul_(scalar);
    }

    /// <summary>target where it is positive, target * slope where it is not.</summary>
    /// <param name="target">Changed; floating point.</param>
    /// <param name="slope">Any number.</param>
    public static Tensor LeakInPlace(this Tensor target, double slope)
    {
        using var scalar = slope.ToScalar();
        return Given(target).leaky_relu_(scalar);
    }

    /// <summary>target / number.</summary>
    /// <param name="target">Changed; floating point.</param>
    /// <param name="number">Any number but 0.</param>
    public static Tensor DivideInPlace(this Tensor target, double number)
    {
        using var scalar = number.ToScalar();
        return Given(target).div_(scalar);
    }

    /// <summary>target + factor * left * right, element by element.</summary>
    /// <param name="target">Changed.</param>
    /// <param name="left">A shape that broadcasts to it.</param>
    /// <param name="right">A shape that broadcasts to it.</param>
    /// <param name="factor">Any number.</param>
    public static Tensor AddProductInPlace(this Tensor target, Tensor left, Tensor right, double factor)
    {
        using var scalar = factor.ToScalar();
        return Given(target).addcmul_(left, right, scalar);
    }

    /// <summary>target + factor * numerator / denominator, element by element.</summary>
    /// <param name="target">Changed.</param>
    /// <param name="numerator">A shape that broadcasts to it.</param>
    /// <param name="denominator">A shape that broadcasts to it.</param>
    /// <param name="factor">Any number.</param>
    public static Tensor AddQuotientInPlace(this Tensor target, Tensor numerator, Tensor denominator, double factor)
    {
        using var scalar = factor.ToScalar();
        return Given(target).addcdiv_(numerator, denominator, scalar);
    }
#pragma warning restore RS0030

    private static Tensor Given(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor;
    }
}
