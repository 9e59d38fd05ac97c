using Altar.Datasets.Duplicates;
using Altar.Datasets.Generated;
using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>The two sides of a run that learns masks.</summary>
/// <param name="Train">The pictures to learn from. Its classes are the run's.</param>
/// <param name="Val">The pictures to judge by.</param>
/// <param name="Warnings">What may make the result worse or its score better than it is; each a sentence.</param>
public sealed record MaskedPictures(MaskedSet Train, MaskedSet Val, IReadOnlyList<string> Warnings)
{
    /// <summary>Pictures that are on neither side since they or their masks were found damaged; the loader adds those it finds later.</summary>
    public SetAside SetAside { get; init; } = new();

    /// <summary>How many pictures were named, damaged ones included.</summary>
    public int Named { get; init; } = Train.Pictures.Count + Val.Pictures.Count;

    /// <summary>What the values of masks are called, from 0: the classes, and for a single class "background" before it.</summary>
    public IReadOnlyList<string> ValueNames => Train.Classes.Count == 1 ? [ClassNames.Background, Train.Classes[0]] : Train.Classes;

    private IEnumerable<MaskedPicture> All => Train.Pictures.Concat(Val.Pictures);

    /// <summary>
    /// All that comes before training: writes a generated set where one is named and missing, finds each picture's mask, splits, reads
    /// every header and every mask once, sets damaged ones aside, counts pixels, searches for leaks.
    /// </summary>
    /// <param name="options">The recipe's data.</param>
    /// <param name="seed">Decides which pictures are set apart for validation.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="BadInputException">The pictures or masks cannot be used, or more than 5 % of them are damaged.</exception>
    public static MaskedPictures Open(DataOptions options, Seed seed, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(options.Masks)) throw new BadInputException("data.masks is empty. Name a folder of masks, a COCO file, or a column of the manifest.");
        GeneratedSets.Ensure(options, cancel);
        var finder = new MaskFinder(options);
        var split = MaskedSplit.Of(options, finder, seed);
        var checkedMasks = MaskCheck.Look([.. split.All], finder.Names, split.SetAside, options.Threads, cancel);
        split.SetAside.ThrowIfTooMany(split.Named);
        var (train, val) = (Sound(checkedMasks[..split.Train.Pictures.Count]), Sound(checkedMasks[split.Train.Pictures.Count..]));
        if (train.Count == 0 || val.Count == 0) throw new BadInputException($"{split.Train.Source}: no picture is left {(train.Count == 0 ? "to learn from" : "for validation")}; all are damaged: {Names.Few([.. split.SetAside.Items.Select(item => $"{item.Path} ({item.Reason})")])}.");
        var sound = split with { Train = split.Train with { Pictures = train }, Val = split.Val with { Pictures = val }, Named = split.Named };
        return sound with { Warnings = [.. split.Warnings, .. sound.WarningsOfMasks(finder.Names), .. sound.Leaks(options.Threads, cancel), .. sound.WarningsOfDamage()] };
    }

    /// <summary>Opens pictures that are only judged by: <see cref="DataOptions.Train"/> with <see cref="DataOptions.Masks"/>, all of them.</summary>
    /// <param name="options">Where they are and how masks are read.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>The sound pictures, and those that could not be read.</returns>
    /// <exception cref="BadInputException">The pictures or masks cannot be used, or not one is sound.</exception>
    public static (MaskedSet Set, SetAside SetAside) OpenOne(DataOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(options.Masks)) throw new BadInputException("No masks are named: give a folder of masks, a COCO file, or a column of the manifest.");
        var (finder, setAside) = (new MaskFinder(options), new SetAside());
        var set = finder.Open(options.Train, options.Masks, []);
        var sound = Sound(MaskCheck.Look(set.Pictures, finder.Names, setAside, options.Threads, cancel));
        return sound.Count > 0
            ? (set with { Pictures = sound }, setAside)
            : throw new BadInputException($"{set.Source}: not one of {set.Pictures.Count} pictures with masks can be read: {Names.Few([.. setAside.Items.Select(item => $"{item.Path} ({item.Reason})")])}.");
    }

    private static List<MaskedPicture> Sound(MaskedPicture?[] pictures) => [.. pictures.OfType<MaskedPicture>()];

    private IEnumerable<string> WarningsOfMasks(ClassNames names)
    {
        for (var value = 0; value < names.Values; value++)
        {
            if (Train.Pictures.All(picture => picture.Index.Pixels[value] == 0)) yield return $"No pixel of train is '{names.NameOf(value)}', so it cannot be learnt.";
            else if (Val.Pictures.All(picture => picture.Index.Pixels[value] == 0)) yield return $"No pixel of val is '{names.NameOf(value)}', so its errors do not show.";
        }
    }

    private IEnumerable<string> Leaks(int threads, CancellationToken cancel)
    {
        var (train, val) = (MaskedSplit.ToPictureSet(Train), MaskedSplit.ToPictureSet(Val));
        var isSearched = All.Sum(picture => new FileInfo(picture.Path).Length) <= TrainingPictures.LargestSearch;
        var leaks = isSearched ? LeakFinder.Find(train, val, threads, cancel) : LeakFinder.FindQuickly(train, val, cancel);
        return leaks.Select(leak => leak.Message);
    }

    private IEnumerable<string> WarningsOfDamage() => SetAside.Count == 0
        ? []
        : [$"{SetAside.Count} of {Named} pictures cannot be used and are left out: {Names.Few([.. SetAside.Items.Select(item => $"{item.Path} ({item.Reason})")])}."];
}
