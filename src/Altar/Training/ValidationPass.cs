using System.Diagnostics;
using Altar.Batching;
using Altar.Networks;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>Runs a network over a set once, without learning.</summary>
public static class ValidationPass
{
    /// <summary>Scores the set. The network is left in evaluation mode.</summary>
    /// <param name="network">The network.</param>
    /// <param name="task">How it is judged.</param>
    /// <param name="source">The set in its own order: pictures or embeddings.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    public static ValidationResult Run(VisionNetwork network, LearningTask task, IBatchSource source, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(task);
        var clock = Stopwatch.StartNew();
        var tally = task.BeginValidation();
        Run(network, source, (batch, output) => tally.Add(output, batch.Labels), cancel);
        return new ValidationResult(tally.Values(), clock.Elapsed.TotalSeconds);
    }

    /// <summary>Hands every batch with the network's output to a receiver, in the set's order.</summary>
    /// <param name="network">Left in evaluation mode.</param>
    /// <param name="source">The set: pictures or embeddings.</param>
    /// <param name="receive">Given the batch and the output, float [N, ...]; both are freed when it returns.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    public static void Run(VisionNetwork network, IBatchSource source, Action<Batch, Tensor> receive, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(receive);
        network.eval();
        foreach (var batch in source.Epoch(0, cancel: cancel))
        {
            using (batch)
            {
                using var scope = NewDisposeScope();
                using var noGradients = no_grad();
                cancel.ThrowIfCancellationRequested();
                receive(batch, network.Output(batch.Images, trunkRests: false));
            }
        }
    }

    /// <summary>Class probabilities without gradients.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="input">Pictures, float [N, 3, H, W], or embeddings, float [N, D].</param>
    /// <returns>Float [N, K], summing to 1.</returns>
    public static Tensor Probabilities(Classifier network, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var noGradients = no_grad();
        using var logits = network.Output(input, trunkRests: false);   // [N, K]
        return nn.functional.softmax(logits, 1);                       // [N, K]
    }
}
