using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>(1 - p)^gamma (arXiv:1708.02002).</summary>
internal static class FocalFactor
{
    // Below it the factor is as good as 0, and for gamma < 1 its gradient would be infinite at 0.
    private const double Smallest = 1e-12;

    /// <summary>(1 - p)^gamma * -ln p.</summary>
    /// <param name="surprise">-ln p, any shape, at least 0.</param>
    /// <param name="gamma">At least 0.</param>
    public static Tensor Applied(Tensor surprise, double gamma)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gamma);
        return gamma == 0 ? surprise : surprise.neg().expm1().neg().AtLeast(Smallest).Power(gamma).mul(surprise);
    }
}
