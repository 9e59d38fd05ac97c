using Altar.Datasets.Duplicates;
using Altar.Datasets.Generated;
using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>The two sides of a run.</summary>
/// <param name="Train">The pictures to learn from. Its classes are the run's.</param>
/// <param name="Val">The pictures to judge by, with the same classes.</param>
/// <param name="Warnings">What may make the result worse or its score better than it is; each a sentence.</param>
public sealed record TrainingPictures(PictureSet Train, PictureSet Val, IReadOnlyList<string> Warnings)
{
    /// <summary>Above this size of all files together near-duplicates are not searched at the start of a run, since every picture must be decoded: 400 MB.</summary>
    public const long LargestSearch = 400_000_000;

    /// <summary>Pictures that were found damaged and are on neither side; the loader adds those it finds later.</summary>
    public SetAside SetAside { get; init; } = new();

    /// <summary>How many pictures were named, damaged ones included: what <see cref="SetAside.ThrowIfTooMany"/> measures against.</summary>
    public int Named { get; init; } = Train.Samples.Count + Val.Samples.Count;

    private IEnumerable<string> Paths => Train.Samples.Concat(Val.Samples).Select(sample => sample.Path);

    /// <summary>All that comes before training: writes a generated set where one is named and missing, opens and splits, sets damaged pictures aside, searches for leaks.</summary>
    /// <param name="options">The recipe's data.</param>
    /// <param name="seed">Decides which pictures are set apart for validation.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="BadInputException">The pictures cannot be used, or more than 5 % of them are damaged.</exception>
    public static TrainingPictures Open(DataOptions options, Seed seed, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        GeneratedSets.Ensure(options, cancel);
        var split = DataSplit.Of(options, seed);
        PictureCheck.ReadHeaders([.. split.Paths], split.SetAside, options.Threads, cancel);
        split.SetAside.ThrowIfTooMany(split.Named);
        var sound = split.WithoutDamaged();
        var searched = sound.SizeOfFiles() <= LargestSearch ? sound.SearchLeaks(options.Threads, cancel) : sound.SearchLeaksQuickly(cancel);
        return searched.WarnOfDamage();
    }

    // Fingerprints decode every picture, so those cut off behind their header show here too.
    private TrainingPictures SearchLeaks(int threads, CancellationToken cancel)
    {
        var prints = Fingerprint.OfAll([.. Paths], threads, SetAside, cancel);
        SetAside.ThrowIfTooMany(Named);
        var leaks = LeakFinder.Find(Train, Val, prints[..Train.Samples.Count], prints[Train.Samples.Count..]);
        return WithoutDamaged().Warn(leaks.Select(leak => leak.Message));
    }

    private TrainingPictures SearchLeaksQuickly(CancellationToken cancel) => Warn(LeakFinder.FindQuickly(Train, Val, cancel)
        .Select(leak => leak.Message)
        .Append("The pictures are too large a set to search for near-duplicates between train and val at every start; altar inspect-data does so."));

    private TrainingPictures WithoutDamaged() => this with { Train = Sound(Train), Val = Sound(Val) };

    private PictureSet Sound(PictureSet set) =>
        SetAside.Count == 0 ? set : set with { Samples = [.. set.Samples.Where(sample => !SetAside.Contains(sample.Path))] };

    private TrainingPictures WarnOfDamage() => SetAside.Count == 0
        ? this
        : Warn([$"{SetAside.Count} of {Named} pictures cannot be read and are left out: {Names.Few([.. SetAside.Items.Select(item => $"{item.Path} ({item.Reason})")])}."]);

    private TrainingPictures Warn(IEnumerable<string> more) => this with { Warnings = [.. Warnings, .. more] };

    private long SizeOfFiles() => Paths.Sum(path => new FileInfo(path).Length);
}
