using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>What a class head has to say: which classes a mask has.</summary>
public static class ClassPresence
{
    /// <summary>1 where at least one pixel has the class, else 0.</summary>
    /// <param name="mask">int64 [N, H, W]: 0 to K - 1 of several classes, or 0 and 1 where <paramref name="classes"/> is 1; -1 is ignored.</param>
    /// <param name="classes">Classes K of the network's output. With 1, the one column says whether the mask has a 1.</param>
    /// <returns>float [N, K].</returns>
    public static Tensor Of(Tensor mask, int classes)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        using var scope = NewDisposeScope();
        var flat = mask.flatten(1);                                                                  // [N, HW]
        var columns = Enumerable.Range(0, classes).Select(k => flat.eq(tensor((long)(classes == 1 ? 1 : k), device: mask.device)).any(1));
        return stack(columns.ToArray(), 1).to(ScalarType.Float32).MoveToOuterDisposeScope();         // [N, K]
    }
}
