using static TorchSharp.torch;

namespace Altar.Tensors;

/// <summary>Shapes checked before native code sees them, where a wrong one may end the process.</summary>
public static class Shape
{
    /// <summary>The lengths of [N, C, H, W].</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="name">What to call it in the message.</param>
    /// <exception cref="ArgumentException">It has not four axes.</exception>
    public static (long N, long C, long H, long W) Nchw(Tensor tensor, string name)
    {
        var shape = Axes(tensor, 4, "[N, C, H, W]", name);
        return (shape[0], shape[1], shape[2], shape[3]);
    }

    /// <summary>The lengths of [N, K].</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="name">What to call it in the message.</param>
    /// <exception cref="ArgumentException">It has not two axes.</exception>
    public static (long N, long K) Nk(Tensor tensor, string name)
    {
        var shape = Axes(tensor, 2, "[N, K]", name);
        return (shape[0], shape[1]);
    }

    private static long[] Axes(Tensor tensor, int axes, string expected, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        return tensor.shape is { } shape && shape.Length == axes
            ? shape
            : throw new ArgumentException($"{name} must be {expected}, but is [{string.Join(", ", tensor.shape)}].", name);
    }
}
