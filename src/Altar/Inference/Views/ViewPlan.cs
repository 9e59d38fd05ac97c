using Altar.Inference.Tiles;
using Altar.Tensors;

namespace Altar.Inference.Views;

/// <summary>The views of a picture that a classifier judges and whose answers are averaged (test-time augmentation): each of the crops in each of the symmetries.</summary>
/// <param name="Crops">Parts of the picture; at least one.</param>
/// <param name="Symmetries">Mirrors and turns of each part; at least one.</param>
public sealed record ViewPlan(IReadOnlyList<CropView> Crops, IReadOnlyList<DihedralView> Symmetries)
{
    private static readonly DihedralView Mirror = new(false, false, MirrorsAcross: true);

    private static readonly CropView[] Five =
        [CropView.Middle, CropView.Middle with { X = -1, Y = -1 }, CropView.Middle with { X = 1, Y = -1 }, CropView.Middle with { X = -1, Y = 1 }, CropView.Middle with { X = 1, Y = 1 }];

    private static readonly CropView[] Scales = [new(1), CropView.Middle, new(288.0 / 224)];

    /// <summary>One view, that of validation.</summary>
    public static ViewPlan None { get; } = new([CropView.Middle], DihedralView.Of(ViewSet.None));

    /// <summary>How many views there are.</summary>
    public int Count => Crops.Count * Symmetries.Count;

    /// <summary>Reads names joined by '+': none; mirror (2 views); flips (4) and d4 (8) for pictures without an upright; five crops; ten (five+mirror); scales (3).</summary>
    /// <param name="text">E.g. "ten" or "scales+mirror". At most one name of crops and one of symmetries.</param>
    /// <exception cref="BadInputException">An unknown name, or two of a kind.</exception>
    public static ViewPlan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        IReadOnlyList<CropView>? crops = null;
        IReadOnlyList<DihedralView>? symmetries = null;
        foreach (var name in text.Split('+').Where(name => name != "none"))
        {
            var (moreCrops, moreSymmetries) = Named(name, text);
            if ((crops is not null && moreCrops is not null) || (symmetries is not null && moreSymmetries is not null))
                throw new BadInputException($"views '{text}': {name} does not go with what stands before it. Name crops (five or scales) and symmetries (mirror, flips or d4) at most once.");
            (crops, symmetries) = (crops ?? moreCrops, symmetries ?? moreSymmetries);
        }

        return new ViewPlan(crops ?? None.Crops, symmetries ?? None.Symmetries);
    }

    private static (IReadOnlyList<CropView>? Crops, IReadOnlyList<DihedralView>? Symmetries) Named(string name, string text) => name switch
    {
        "mirror" => (null, [default, Mirror]),
        "flips" => (null, DihedralView.Of(ViewSet.Flips)),
        "d4" => (null, DihedralView.Of(ViewSet.D4)),
        "five" => (Five, null),
        "ten" => (Five, [default, Mirror]),
        "scales" => (Scales, null),
        _ => throw new BadInputException($"views '{text}': '{name}' is not known. Write none, mirror, flips, d4, five, ten or scales; crops and symmetries are joined by '+', as in scales+mirror."),
    };
}
