using System.Globalization;
using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>Opens the pictures of a recipe and sets some apart for validation.</summary>
public static class DataSplit
{
    /// <summary>Opens <c>data.train</c> and takes <c>data.val</c> from its own path, or as a fraction of each class.</summary>
    /// <param name="options">The recipe's data.</param>
    /// <param name="seed">Decides which pictures are set apart; the same seed sets the same ones apart.</param>
    /// <exception cref="BadInputException">No photos, one class, a label seen only in val, a fraction outside (0, 1), or nothing left on a side.</exception>
    public static TrainingPictures Of(DataOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        var all = PictureSource.Open(options.Train, options);
        if (all.Classes.Count < 2)
            throw new BadInputException($"{options.Train}: one class only, '{all.Classes[0]}', and nothing to tell it from. Add pictures of at least one other class.");

        if (FractionOf(options.Val) is not { } fraction) return WithWarnings(all, PictureSource.Open(options.Val, options, all.Classes));
        var inVal = options.Group is null ? StratifiedSplit.Choose(all, fraction, seed) : GroupedSplit.Choose(all, fraction, seed);
        return WithWarnings(Side(all, inVal, side: false), Side(all, inVal, side: true));
    }

    /// <summary>Whether <c>data.val</c> is a fraction of the training pictures rather than a path.</summary>
    /// <param name="val">The text.</param>
    /// <exception cref="BadInputException">It is a number outside (0, 1) and no such file exists.</exception>
    public static bool IsFraction(string val) => FractionOf(val) is not null;

    /// <returns>Null where the text is a path.</returns>
    private static double? FractionOf(string val)
    {
        if (!double.TryParse(val, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction)) return null;
        if (fraction is > 0 and < 1) return fraction;
        return Path.Exists(val) ? null : throw new BadInputException($"data.val: {val} is neither a path nor a fraction between 0 and 1. Write 0.2 to set a fifth of the training pictures apart.");
    }

    private static PictureSet Side(PictureSet all, bool[] inVal, bool side)
    {
        var samples = all.Samples.Where((_, index) => inVal[index] == side).ToList();
        return samples.Count > 0
            ? all with { Samples = samples }
            : throw new BadInputException($"{all.Source}: {all.Samples.Count} pictures are too few to set some apart for validation{(side ? "" : " and keep some")}. Add pictures (or groups), or name a folder or manifest in data.val.");
    }

    private static TrainingPictures WithWarnings(PictureSet train, PictureSet val)
    {
        var judged = val.Samples.Select(sample => sample.Label).ToHashSet();
        var unjudged = train.Classes.Where((_, label) => !judged.Contains(label)).ToList();
        List<string> warnings = unjudged.Count == 0 ? [] : [$"{unjudged.Count} of {train.Classes.Count} classes have no picture in val, so their errors do not show: {Names.Few(unjudged)}."];
        return new TrainingPictures(train, val, warnings);
    }
}
