using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>Opens the masked pictures of a recipe and sets some apart for validation.</summary>
internal static class MaskedSplit
{
    private const string Inria = "inria";

    /// <exception cref="BadInputException">Pictures or masks cannot be found, or nothing is left on a side.</exception>
    public static MaskedPictures Of(DataOptions options, MaskFinder finder, Seed seed)
    {
        List<string> warnings = [];
        var all = finder.Open(options.Train, options.Masks!, warnings);
        if (options.Val == Inria && !Path.Exists(options.Val)) return Sides(all, InriaTiles.Split([.. all.Pictures.Select(picture => picture.Path)]), warnings);
        if (!DataSplit.IsFraction(options.Val)) return new MaskedPictures(all, finder.Open(options.Val, options.ValMasks ?? options.Masks!, warnings), warnings);
        var set = ToPictureSet(all);
        var fraction = double.Parse(options.Val, System.Globalization.CultureInfo.InvariantCulture);
        return Sides(all, options.Group is null ? StratifiedSplit.Choose(set, fraction, seed) : GroupedSplit.Choose(set, fraction, seed), warnings);
    }

    /// <summary>As pictures of one class, for what looks at pictures and groups alone.</summary>
    public static PictureSet ToPictureSet(MaskedSet set) =>
        new(set.Source, ["all"], [.. set.Pictures.Select(picture => new Sample(picture.Path, 0, picture.Group))]);

    private static MaskedPictures Sides(MaskedSet all, bool[] inVal, List<string> warnings) =>
        new(Side(all, inVal, side: false), Side(all, inVal, side: true), warnings);

    private static MaskedSet Side(MaskedSet all, bool[] inVal, bool side)
    {
        var pictures = all.Pictures.Where((_, index) => inVal[index] == side).ToList();
        return pictures.Count > 0
            ? all with { Pictures = pictures }
            : throw new BadInputException($"{all.Source}: {all.Pictures.Count} pictures are too few to set some apart for validation{(side ? "" : " and keep some")}. Add pictures (or groups), or name pictures in data.val and their masks in data.val_masks.");
    }
}
