namespace Altar.Networks.Backbones;

/// <summary>What tells one residual network from another.</summary>
/// <param name="Depths">Blocks in each of the four stages.</param>
/// <param name="IsBottleneck">Blocks of three convolutions instead of two.</param>
/// <param name="Groups">Groups of the 3x3 convolution: 1, or ResNeXt's cardinality.</param>
/// <param name="GroupWidth">Channels of one group at 64 planes.</param>
public sealed record ResNetPlan(IReadOnlyList<int> Depths, bool IsBottleneck, int Groups = 1, int GroupWidth = 64)
{
    /// <summary>Planes of a stage: 64, 128, 256, 512.</summary>
    /// <param name="stage">0 to 3.</param>
    public static int Planes(int stage) => 64 << stage;

    /// <summary>Channels that leave a stage.</summary>
    /// <param name="stage">0 to 3.</param>
    public int Outputs(int stage) => IsBottleneck ? Planes(stage) * Bottleneck.Expansion : Planes(stage);

    /// <summary>Channels of the 3x3 convolution of a bottleneck block.</summary>
    /// <param name="stage">0 to 3.</param>
    public int Width(int stage) => Planes(stage) * GroupWidth / 64 * Groups;
}
