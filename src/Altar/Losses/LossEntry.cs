using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>A loss on pixels that a recipe can name.</summary>
public sealed class LossEntry
{
    internal LossEntry(string name, string summary, string source, Func<PixelBatch, PixelLossOptions, Tensor> of, int fewestChannels = 1) =>
        (Name, Summary, Source, Of, FewestChannels) = (name, summary, source, of, fewestChannels);

    /// <summary>As <c>stages[].loss</c> says it.</summary>
    public string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    public string Summary { get; }

    /// <summary>Paper or program.</summary>
    public string Source { get; }

    /// <summary>The fewest channels K that it can judge: 1 or 2.</summary>
    public int FewestChannels { get; }

    // Scores to [G].
    internal Func<PixelBatch, PixelLossOptions, Tensor> Of { get; }
}
