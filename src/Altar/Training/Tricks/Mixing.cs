using Altar.Images;
using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>Mixes the pictures of a batch in pairs.</summary>
internal static class Mixing
{
    /// <summary>Mixup or CutMix as the options say; with both on, each has half of the batches (as timm has it).</summary>
    /// <param name="batch">The batch as the loader gave it.</param>
    /// <param name="options">The alphas.</param>
    /// <param name="random">Chance of this batch.</param>
    public static StepBatch Mix(StepBatch batch, StepOptions options, Random random)
    {
        if (batch.Count < 2 || (options.Mixup == 0 && options.Cutmix == 0)) return batch;
        var pastes = options.Mixup == 0 || (options.Cutmix > 0 && random.NextDouble() < 0.5);
        var order = Enumerable.Range(0, batch.Count).Select(sample => (long)sample).ToArray();
        random.Shuffle(order);
        using var partner = tensor(order, device: batch.Input.device);   // [N]
        var share = BetaDraw.Next(random, pastes ? options.Cutmix : options.Mixup);
        return pastes ? Pasted(batch, partner, share, random) : Blended(batch, partner, Math.Min(share, 1 - share));
    }

    private static StepBatch Blended(StepBatch batch, Tensor partner, double weight) => new(
        StepBatch.LaidOutAs(batch.Input, Mixup.Blend(batch.Input, partner, weight)), batch.Targets, batch.Targets.index_select(0, partner), weight);

    private static StepBatch Pasted(StepBatch batch, Tensor partner, double share, Random random)
    {
        var (height, width) = ((int)batch.Input.shape[^2], (int)batch.Input.shape[^1]);
        var box = CutMix.Draw(random, new PixelSize(width, height), share);
        var input = CutMix.Paste(batch.Input, partner, box);
        // A mask moves with its pixels; anything else shares the loss by area.
        if (batch.Targets.dim() >= 3 && batch.Targets.shape[^2] == height && batch.Targets.shape[^1] == width)
            return new StepBatch(input, CutMix.Paste(batch.Targets, partner, box));
        return new StepBatch(input, batch.Targets, batch.Targets.index_select(0, partner), (double)box.Size.Area / ((long)width * height));
    }
}
