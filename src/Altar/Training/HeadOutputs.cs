using Altar.Datasets.Heads;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>Reads one head's part of the outputs of all heads.</summary>
public static class HeadOutputs
{
    /// <summary>What a head says: probabilities of its classes or labels, or the plain output of a value.</summary>
    /// <param name="output">Outputs of all heads, float [N, all outputs].</param>
    /// <param name="head">The head.</param>
    /// <param name="temperature">Of single and title: what the outputs are divided by, above 0. Default 1.</param>
    /// <returns>N rows of the head's outputs, one after the other.</returns>
    public static float[] Said(Tensor output, HeadPlace head, double temperature = 1)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(head);
        using var scope = NewDisposeScope();
        var raw = output.narrow(1, head.FirstOutput, head.Outputs).to_type(ScalarType.Float32);                   // [N, K]
        return Numbers(head.Kind switch
        {
            HeadKind.Value => raw,
            HeadKind.Multi => raw.sigmoid(),
            _ => nn.functional.softmax(temperature == 1 ? raw : raw.Times(1 / temperature), 1),
        });
    }

    /// <summary>A head's outputs as they are: logits, or a value.</summary>
    /// <param name="output">Outputs of all heads, float [N, all outputs].</param>
    /// <param name="head">The head.</param>
    /// <returns>N rows, one after the other.</returns>
    public static float[] Raw(Tensor output, HeadPlace head)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(head);
        using var scope = NewDisposeScope();
        return Numbers(output.narrow(1, head.FirstOutput, head.Outputs).to_type(ScalarType.Float32));
    }

    /// <summary>The targets of a batch.</summary>
    /// <param name="targets">Int64 [N, all slots].</param>
    /// <returns>N rows, one after the other.</returns>
    public static long[] Targets(Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        using var plain = targets.cpu().contiguous();   // the span below does not keep it alive
        return plain.data<long>().ToArray();
    }

    private static float[] Numbers(Tensor tensor)
    {
        var plain = tensor.detach().cpu().contiguous();
        var numbers = plain.data<float>().ToArray();
        GC.KeepAlive(plain);
        return numbers;
    }
}
