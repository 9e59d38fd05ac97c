using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Heads;
using Altar.Networks;
using Altar.Training;
using Altar.Training.Checkpoints;
using static TorchSharp.torch;

namespace Altar.Inference.Heads;

/// <summary>How the heads of a network fare on labelled pictures.</summary>
public sealed class HeadsJudgement
{
    private HeadsJudgement(IReadOnlyList<HeadJudgement> heads, int pictures) => (Heads, Pictures) = (heads, pictures);

    /// <summary>Head by head, in the order of the outputs.</summary>
    public IReadOnlyList<HeadJudgement> Heads { get; }

    /// <summary>Pictures that were judged.</summary>
    public int Pictures { get; }

    /// <summary>Pictures that could not be read, with the reason.</summary>
    public IReadOnlyList<DamagedPicture> Skipped { get; internal set; } = [];

    /// <summary>Runs a network over labelled pictures once.</summary>
    /// <param name="network">Left in evaluation mode.</param>
    /// <param name="source">The pictures; their targets are those of <paramref name="layout"/>.</param>
    /// <param name="layout">Where targets and outputs lie.</param>
    /// <param name="cards">The heads in the same order.</param>
    /// <param name="keepsOf">Number of pictures, where outputs of single-label heads shall be kept; 0 (default): none is kept.</param>
    /// <param name="progress">Told how many pictures are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    public static HeadsJudgement Of(
        VisionNetwork network, IBatchSource source, HeadLayout layout, IReadOnlyList<HeadCard> cards, int keepsOf = 0, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(cards);
        Part[] parts = [.. layout.Heads.Zip(cards, (head, card) => new Part(head, card, keepsOf))];
        var pictures = 0;
        ValidationPass.Run(network, source, (batch, output) =>
        {
            var targets = HeadOutputs.Targets(batch.Labels);
            foreach (var part in parts) part.Add(output, targets, batch.Samples);
            pictures += batch.Samples.Count;
            progress?.Report(pictures);
        }, cancel);
        return new HeadsJudgement([.. parts.Select(part => new HeadJudgement(part.Card, part.Tally, part.Rows))], pictures);
    }

    private sealed class Part(HeadPlace head, HeadCard card, int keepsOf)
    {
        private int _labelled;

        public HeadCard Card => card;

        public HeadTally Tally { get; } = new(head, card.Center, card.Scale);

        public HeadRows? Rows { get; } = keepsOf > 0 && head.Kind is HeadKind.Single or HeadKind.Title
            ? new HeadRows((int)Math.Max(1, (((long)keepsOf * head.Outputs) + HeadRows.MostNumbers - 1) / HeadRows.MostNumbers))
            : null;

        public void Add(Tensor output, long[] targets, IReadOnlyList<int> samples)
        {
            var said = HeadOutputs.Said(output, head, card.Temperature);
            var raw = Rows is null ? [] : HeadOutputs.Raw(output, head);
            var (slots, length) = (targets.Length / samples.Count, head.Outputs);
            for (var i = 0; i < samples.Count; i++)
            {
                var target = targets.AsSpan(i * slots, slots);
                Tally.Add(said.AsSpan(i * length, length), target);
                if (Rows is null || !head.IsLabelled(target) || _labelled++ % Rows.Stride != 0) continue;
                Rows.Outputs.AddRange(raw.AsSpan(i * length, length));
                Rows.Truths.Add(target[head.FirstSlot]);
                Rows.Samples.Add(samples[i]);
            }
        }
    }
}
