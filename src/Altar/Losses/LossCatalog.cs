using Altar.Tensors;

namespace Altar.Losses;

/// <summary>The losses on pixels that a recipe can name.</summary>
public static class LossCatalog
{
    private const string Carvana = "github.com/asanakoy/kaggle_carvana_segmentation";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LossEntry> Entries { get; } =
    [
        new("bce", "binary cross-entropy, one class against the rest", "textbook", (pixels, _) => PixelBinaryCrossEntropy.Of(pixels)),
        new("cross_entropy", "cross-entropy of the softmax", "textbook", (pixels, _) => PixelCrossEntropy.Of(pixels), fewestChannels: 2),
        new("dice", "smooth soft Dice over the batch", "arXiv:1606.04797", (pixels, options) => SoftDice.Of(pixels, options.Smooth)),
        new("carvana_dice", "the Carvana winners' Dice, mean over the samples, held in [0, 1]", Carvana, (pixels, _) => CarvanaDice.Of(pixels)),
        new("jaccard", "smooth soft Jaccard over the batch", "textbook", (pixels, options) => SoftJaccard.Of(pixels, options.Smooth)),
        new("log_jaccard", "-ln of the batch's soft Jaccard, summed over the classes (TernausNet)", "arXiv:1801.05746", (pixels, _) => LogJaccard.Of(pixels)),
        new("log_dice", "-ln of the batch's soft Dice, summed over the classes", Carvana, (pixels, _) => LogDice.Of(pixels)),
        new("lovasz", "Lovasz hinge (one channel) or Lovasz softmax", "arXiv:1705.08790", (pixels, _) => Lovasz.Of(pixels)),
        new("focal", "cross-entropy with the easy pixels turned down", "arXiv:1708.02002", (pixels, options) => PixelFocal.Of(pixels, options.FocalGamma)),
        new("tversky", "Dice with a price for false alarms and one for misses", "arXiv:1706.05721", (pixels, options) => Tversky.Of(pixels, options.TverskyFalseAlarms, options.TverskyMisses, options.Smooth)),
        new("border_bce", "bce with the pixels near a border weighing three times as much", Carvana, (pixels, _) => BorderCrossEntropy.Of(pixels)),
        new("border_dice", "dice with the squared border weight", Carvana, (pixels, options) => BorderDice.Of(pixels, options.Smooth)),
    ];

    /// <summary>All names, in the order of <see cref="Entries"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>The entry of a name.</summary>
    /// <param name="name">As <see cref="Names"/> has it; letter case matters.</param>
    /// <exception cref="BadInputException">No such loss; names the nearest.</exception>
    public static LossEntry Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name) ?? throw new BadInputException(Unknown(name));

    internal static string Unknown(string name) =>
        $"there is no loss '{name}'; did you mean {NearestName.Of(name, Names)}? Known are {string.Join(", ", Names)}.";
}
