using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>Reads what a network said of each sample.</summary>
internal static class SampleOutcomes
{
    /// <summary>Loss, guess and probabilities of each sample.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="output">What the network gave, float [N, ...].</param>
    /// <param name="batch">The same samples.</param>
    public static IEnumerable<SampleOutcome> Of(IObjective objective, Tensor output, StepBatch batch)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        output = output.detach();
        var losses = Numbers(batch.Each(objective, output));
        if (batch.Targets.dim() != 1 || objective.Probabilities(output) is not { } probabilities) return [.. losses.Select(loss => new SampleOutcome(loss))];

        var (best, guesses) = probabilities.max(1);                                                       // [N], [N]
        var truths = probabilities.gather(1, batch.Targets.maximum(zeros_like(batch.Targets)).unsqueeze(1)).squeeze(1);                      // [N]
        return [.. losses.Zip(Numbers(guesses).Zip(Numbers(best), Numbers(truths)),
            (loss, said) => new SampleOutcome(loss, (int)said.First, said.Second, said.Third))];
    }

    private static float[] Numbers(Tensor tensor)
    {
        var plain = tensor.to_type(ScalarType.Float32).cpu().contiguous();   // the span below does not keep it alive
        var numbers = plain.data<float>().ToArray();
        GC.KeepAlive(plain);
        return numbers;
    }
}
