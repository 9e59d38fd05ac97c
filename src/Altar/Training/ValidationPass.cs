using System.Diagnostics;
using Altar.Batching;
using Altar.Metrics;
using Altar.Networks;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>Runs a network over a set once, without learning.</summary>
public static class ValidationPass
{
    /// <summary>Scores the set. The network is left in evaluation mode.</summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The set in its own order: pictures or embeddings.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    public static ValidationResult Run(Classifier network, IBatchSource source, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        ClassificationTally? tally = null;
        Run(network, source, Add, cancel);
        var scores = (tally ?? new(["0"])).Scores();
        return new ValidationResult(scores.LogLoss, scores.Top1, scores.Top5, clock.Elapsed.TotalSeconds);

        void Add(int sample, int label, ReadOnlySpan<float> probabilities)
        {
            tally ??= new([.. Enumerable.Range(0, probabilities.Length).Select(number => $"{number}")]);
            tally.Add(label, probabilities);
        }
    }

    /// <summary>Hands every picture's probabilities to a receiver, in the set's order.</summary>
    /// <param name="network">Left in evaluation mode.</param>
    /// <param name="source">The set: pictures or embeddings.</param>
    /// <param name="receive">Given sample, label, and probabilities [K]; the span is reused.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    public static void Run(Classifier network, IBatchSource source, Receiver receive, CancellationToken cancel)
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
                cancel.ThrowIfCancellationRequested();
                var probabilities = Probabilities(network, batch.Images).cpu().contiguous();   // [N, K]
                var labels = batch.Labels.cpu();                                               // [N]
                var (values, truths) = (probabilities.data<float>().ToArray(), labels.data<long>().ToArray());
                var classes = (int)probabilities.shape[1];
                for (var i = 0; i < truths.Length; i++) receive(batch.Samples[i], (int)truths[i], values.AsSpan(i * classes, classes));
                GC.KeepAlive(probabilities);
                GC.KeepAlive(labels);
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
        ArgumentNullException.ThrowIfNull(input);
        using var noGradients = no_grad();
        using var logits = input.dim() == 2 ? network.Score(input) : network.call(input);   // [N, K]
        return nn.functional.softmax(logits, 1);                                            // [N, K]
    }
}

/// <summary>Takes one picture's probabilities.</summary>
/// <param name="sample">Its index in the set.</param>
/// <param name="label">Its class, -1 where unknown.</param>
/// <param name="probabilities">Float [K]; valid during the call.</param>
public delegate void Receiver(int sample, int label, ReadOnlySpan<float> probabilities);
