using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>What a step learns from: pictures, and their targets, which may share the loss with those of the pictures mixed into them.</summary>
/// <param name="Input">Float [N, C, H, W] or [N, D].</param>
/// <param name="Targets">Int64 [N, ...].</param>
/// <param name="Others">Targets of what was mixed in, int64 [N, ...]; null where nothing was.</param>
/// <param name="Share">Share of <paramref name="Others"/> in the loss, 0 to 1.</param>
internal sealed record StepBatch(Tensor Input, Tensor Targets, Tensor? Others = null, double Share = 0)
{
    public int Count => (int)Input.shape[0];

    /// <summary>Samples in a row.</summary>
    public StepBatch Rows(int first, int count) =>
        new(Input.narrow(0, first, count), Targets.narrow(0, first, count), Others?.narrow(0, first, count), Share);

    /// <summary>Chosen samples.</summary>
    /// <param name="rows">Int64 [M].</param>
    public StepBatch Rows(Tensor rows) =>
        new(LaidOutAs(Input, Input.index_select(0, rows)), Targets.index_select(0, rows), Others?.index_select(0, rows), Share);

    /// <summary>Parts of nearly equal size, none above <paramref name="most"/>; 0: one part. A batch norm has no variance of a single picture, so there is no small rest.</summary>
    public IEnumerable<StepBatch> Parts(int most)
    {
        var parts = most <= 0 ? 1 : (Count + most - 1) / most;
        if (parts == 1) return [this];
        return Enumerable.Range(0, parts).Select(part => Rows(Count * part / parts, (Count * (part + 1) / parts) - (Count * part / parts)));
    }

    /// <summary>The loss, [].</summary>
    public Tensor Mean(IObjective objective, Tensor output) => Shared(targets => objective.Mean(output, targets));

    /// <summary>The loss of each sample, [N].</summary>
    public Tensor Each(IObjective objective, Tensor output) => Shared(targets => objective.Each(output, targets));

    /// <summary>Keeps the order of the axes in memory, which convolutions are fast with.</summary>
    public static Tensor LaidOutAs(Tensor model, Tensor tensor) => ChannelsLast.Holds(model) ? ChannelsLast.Of(tensor) : tensor;

    private Tensor Shared(Func<Tensor, Tensor> loss)
    {
        var own = loss(Targets);
        return Others is null ? own : own.Plus(loss(Others).sub(own), Share);
    }
}
