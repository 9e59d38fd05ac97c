using Altar.Networks;

namespace Altar.Training;

/// <summary>Puts a network's layers into the mode that a stage asks for.</summary>
public static class ModuleModes
{
    /// <summary>Training mode, with the batch norms as the stage's policy says; a frozen trunk drops nothing out.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stage">Its batch-norm policy, and whether the trunk learns.</param>
    public static void Train(VisionNetwork network, Stage stage)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stage);
        network.train();
        foreach (var layer in network.modules())
        {
            var rests = layer switch
            {
                BatchNorm or TorchSharp.Modules.BatchNorm => stage.Norm == NormPolicy.Frozen,   // TorchSharp's: in a network from elsewhere
                TorchSharp.Modules.Dropout => LearningParts.IsHeadOnly(stage),   // VGG's own; the head's dropout is VisionNetwork.HeadDropout
                _ => false,
            };
            if (rests) layer.eval();
        }
    }
}
