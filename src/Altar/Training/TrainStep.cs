using Altar.Networks;
using Altar.Tensors;
using Altar.Training.Optimizers;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>The only home of the training step.</summary>
/// <param name="network">In training mode.</param>
/// <param name="optimizer">Holds the weights that learn.</param>
/// <param name="headOnly">Whether the trunk runs without gradients.</param>
public sealed class TrainStep(Classifier network, StageOptimizer optimizer, bool headOnly)
{
    /// <summary>Forward, backward, and one move of the weights. Every tensor made here is freed on return.</summary>
    /// <param name="input">Pictures, float [N, 3, H, W], or embeddings computed before, float [N, D].</param>
    /// <param name="labels">Class of each, int64 [N].</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="seed">Chance of this step: dropout. Divided, not shared, so a resumed run draws the same.</param>
    /// <returns>Mean cross-entropy of the batch before the move.</returns>
    public double Run(Tensor input, Tensor labels, double rate, Seed seed)
    {
        seed.ApplyToTorch();
        using var scope = NewDisposeScope();
        optimizer.ZeroGradients();
        var logits = network.Score(Embed(input));                       // [N, K]
        var loss = nn.functional.cross_entropy(logits, labels);         // []
        loss.backward();
        optimizer.Step(rate);
        return loss.item<float>();                                      // waits for the GPU: once a step, not more
    }

    private Tensor Embed(Tensor input)
    {
        if (input.dim() == 2) return input;                             // [N, D]
        if (!headOnly) return network.Embed(input);                     // [N, D]
        using var noGradients = no_grad();
        return network.Embed(input);                                    // [N, D]
    }
}
