using Altar.Networks;
using Altar.Tensors;
using Altar.Training.Optimizers;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>The only home of the training step.</summary>
/// <param name="network">In training mode.</param>
/// <param name="objective">What is minimised.</param>
/// <param name="optimizer">Holds the weights that learn.</param>
/// <param name="headOnly">Whether the trunk runs without gradients.</param>
public sealed class TrainStep(VisionNetwork network, IObjective objective, StageOptimizer optimizer, bool headOnly)
{
    /// <summary>Forward, backward, and one move of the weights. Every tensor made here is freed on return.</summary>
    /// <param name="input">Pictures, float [N, C, H, W], or embeddings computed before, float [N, D].</param>
    /// <param name="targets">What the objective compares with, int64 [N, ...].</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="seed">Chance of this step: dropout. Divided, not shared, so a resumed run draws the same.</param>
    /// <returns>Loss of the batch before the move.</returns>
    public double Run(Tensor input, Tensor targets, double rate, Seed seed)
    {
        seed.ApplyToTorch();
        using var scope = NewDisposeScope();
        optimizer.ZeroGradients();
        var output = network.Output(input, headOnly);        // [N, K, ...]
        var loss = objective.Mean(output, targets);          // []
        loss.backward();
        optimizer.Step(rate);
        return loss.item<float>();                           // waits for the GPU: once a step, not more
    }
}
