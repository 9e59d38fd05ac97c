using Altar.Networks;
using static TorchSharp.torch;

namespace Altar.Training.Checkpoints;

/// <summary>Tells a network that can still learn from one that is lost.</summary>
public static class FiniteWeights
{
    /// <summary>Whether no weight and no running statistic is infinite or NaN.</summary>
    /// <param name="network">The network.</param>
    public static bool Of(VisionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var each = network.state_dict().Values.Where(tensor => tensor.is_floating_point()).Select(tensor => tensor.isfinite().all()).ToArray();   // each []
        return each.Length == 0 || stack(each).all().item<bool>();   // waits for the GPU once, not once a tensor
    }
}
