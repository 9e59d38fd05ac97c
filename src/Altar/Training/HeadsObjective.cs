using Altar.Datasets.Heads;
using Altar.Losses;
using Altar.Networks;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>The weighted sum over heads of each head's mean loss over the samples that are labelled for it.</summary>
/// <remarks>A head that no sample of the batch is labelled for adds 0; a missing label has no part in its head's mean or gradient.</remarks>
/// <param name="terms">The heads.</param>
/// <param name="scope">Over what the softmax is taken.</param>
internal sealed class HeadsObjective(IReadOnlyList<HeadTerm> terms, SoftmaxScope scope) : IObjective
{
    private readonly IReadOnlyList<HeadPlace> _joint = scope == SoftmaxScope.Joint ? [.. terms.Select(term => term.Head).Where(IsSingle)] : [];

    public Tensor Mean(Tensor output, Tensor targets)
    {
        using var dispose = NewDisposeScope();
        return Sum(terms.Zip(Terms(output, targets), (term, losses) => Labels.Share(losses.Each.sum(), losses.Known.sum()).Times(term.Weight))).MoveToOuterDisposeScope();
    }

    public Tensor Each(Tensor output, Tensor targets)
    {
        using var dispose = NewDisposeScope();
        return Sum(terms.Zip(Terms(output, targets), (term, losses) => losses.Each.Times(term.Weight))).MoveToOuterDisposeScope();
    }

    /// <summary>For each head the loss of each sample, 0 without a label, and 1 where there is one; without weights.</summary>
    /// <param name="output">Float [N, all outputs].</param>
    /// <param name="targets">Int64 [N, all slots].</param>
    /// <returns>Float [N] each.</returns>
    public IEnumerable<(Tensor Each, Tensor Known)> Terms(Tensor output, Tensor targets)
    {
        var joint = _joint.Count == 0 ? null : cat([.. _joint.Select(head => Outputs(output, head))], 1);        // [N, J]
        return terms.Select(term => Term(term, output, joint, targets));
    }

    private (Tensor Each, Tensor Known) Term(HeadTerm term, Tensor output, Tensor? joint, Tensor targets)
    {
        var head = term.Head;
        var slots = targets.narrow(1, head.FirstSlot, head.Slots);                                                // [N, slots]
        var first = slots.select(1, 0);                                                                           // [N]
        if (head.Kind == HeadKind.Value)
        {
            var truths = Values(first, term, output.device);                                                      // [N]
            return (ValueLoss.Each(Outputs(output, head).squeeze(1), truths, DistanceOf(term.Loss)), truths.isnan().logical_not().to_type(output.dtype));
        }

        var known = first.IsAtLeast(0).to_type(output.dtype);                                                     // [N]
        if (head.Kind == HeadKind.Multi)
        {
            var logits = Outputs(output, head);                                                                   // [N, K]
            return (term.Loss == HeadLoss.Focal ? BinaryCrossEntropy.FocalEach(logits, slots) : BinaryCrossEntropy.Each(logits, slots), known);
        }

        if (joint is null) return (OfClass(term.Loss, Outputs(output, head), first), known);
        var place = _joint.TakeWhile(other => other != head).Sum(other => other.Outputs);
        using var shift = tensor((long[])[place], device: first.device);                                          // [1]
        return (OfClass(term.Loss, joint, where(first.IsAtLeast(0), first.Plus(shift), first)), known);
    }

    private static Tensor Sum(IEnumerable<Tensor> parts) => parts.Aggregate((sum, part) => sum.Plus(part));

    private static bool IsSingle(HeadPlace head) => head.Kind is HeadKind.Single or HeadKind.Title;

    private static Tensor Outputs(Tensor output, HeadPlace head) => output.narrow(1, head.FirstOutput, head.Outputs);

    private static Tensor OfClass(HeadLoss loss, Tensor logits, Tensor labels) => loss == HeadLoss.Focal ? Focal.Each(logits, labels) : CrossEntropy.Each(logits, labels);

    private static Distance DistanceOf(HeadLoss loss) => loss switch
    {
        HeadLoss.Absolute => Distance.Absolute,
        HeadLoss.Squared => Distance.Squared,
        _ => Distance.Huber,
    };

    // The bits of doubles, which only the CPU reads as such; NaN where there is no label.
    private static Tensor Values(Tensor slots, HeadTerm term, Device device)
    {
        using var onCpu = slots.cpu().contiguous();                                                               // [N]
        double[] values = [.. onCpu.data<long>().ToArray().Select(slot => (HeadPlace.ToValue(slot) - term.Center) / term.Scale)];
        return tensor(values, device: device);
    }
}
