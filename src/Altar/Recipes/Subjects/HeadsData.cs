using System.Globalization;
using Altar.Datasets;
using Altar.Datasets.Duplicates;
using Altar.Datasets.Heads;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Recipes.Subjects;

/// <summary>Both sides of a run with several heads, opened and checked.</summary>
internal sealed class HeadsData : IDisposable
{
    private readonly List<string> _warnings = [], _notes = [];

    private HeadsData(HeadsSide train, HeadsSide val, HeadLayout layout) => (Train, Val, Layout) = (train, val, layout);

    public HeadsSide Train { get; }

    public HeadsSide Val { get; }

    public HeadLayout Layout { get; }

    public IReadOnlyList<HeadTerm> Terms { get; private set; } = [];

    public SetAside SetAside { get; } = new();

    public IReadOnlyList<string> Warnings => _warnings;

    public IReadOnlyList<string> Notes => _notes;

    /// <exception cref="BadInputException">The sets cannot be used.</exception>
    public static HeadsData Open(Recipe recipe, CancellationToken cancel)
    {
        HeadSpec[] heads = [.. recipe.Model.Heads.Select(head => SpecOf(head.Key, head.Value))];
        var (train, layout) = HeadsSide.ToLearn(recipe.Data.Sets, heads, cancel);
        HeadsSide? val = null;
        try
        {
            val = HeadsSide.ToJudge(ValSetsOf(recipe.Data), layout, cancel);
            var data = new HeadsData(train, val, layout);
            data.Look(recipe, cancel);
            return data;
        }
        catch
        {
            train.Dispose();
            val?.Dispose();
            throw;
        }
    }

    /// <summary>A head as the recipe names it.</summary>
    public static HeadSpec SpecOf(string name, HeadOptions head) =>
        new(name, head.Kind, head.Classes.Count == 0 ? null : head.Classes) { SplitsWords = head.Words };

    public void Dispose()
    {
        Train.Dispose();
        Val.Dispose();
    }

    // A path has the columns that the first training set's labels name.
    private static IReadOnlyList<LabelledSetOptions> ValSetsOf(DataOptions data) =>
        data.ValSets.Count > 0 ? data.ValSets : [data.Sets[0] with { Path = data.Val, Weight = null }];

    private void Look(Recipe recipe, CancellationToken cancel)
    {
        CheckPictures(recipe, cancel);
        var (train, val) = (Train.Listed is null ? null : HeadCensus.Of(Train.Listed), Val.Listed is null ? null : HeadCensus.Of(Val.Listed));
        var terms = new List<HeadTerm>();
        foreach (var (index, head) in Layout.Heads.Index())
        {
            terms.Add(TermOf(head, recipe.Model.Heads[head.Name], head.Kind == HeadKind.Value ? train?[index] ?? Train.ValuesOf(head) : null));
            _notes.Add(Describe(head, train?[index], val?[index]));
            if (val is not null) WarnOfGaps(head, val[index]);
        }

        Terms = terms;
        if (Train.Listed is { Unlabelled: > 0 } listed) _warnings.Add($"{listed.Unlabelled} pictures of data.sets have no label for any head and are left out.");
        if (Val.Listed is { Unlabelled: > 0 } judged) _warnings.Add($"{judged.Unlabelled} pictures of data.val have no label for any head and are left out.");
    }

    private void CheckPictures(Recipe recipe, CancellationToken cancel)
    {
        foreach (var side in (HeadsSide[])[Train, Val])
        {
            if (side.Listed is not { } listed) ShapeRules.RefuseShards(recipe, side.Parts[0].Set.Source);
            else side.Sizes = PictureSizes.Read(listed.Samples, SetAside, recipe.Data.Threads, cancel);
        }

        SetAside.ThrowIfTooMany((Train.Listed?.Samples.Count ?? 0) + (Val.Listed?.Samples.Count ?? 0));
        if (SetAside.Count > 0) _warnings.Add($"{SetAside.Count} pictures cannot be read and are left out: {Names.Few([.. SetAside.Items.Select(item => $"{item.Path} ({item.Reason})")])}.");
        if (Train.Listed is { } toLearn && Val.Listed is { } toJudge) _warnings.AddRange(LeaksBetween(toLearn, toJudge, recipe.Data.Threads, cancel).Select(leak => leak.Message));
    }

    private IReadOnlyList<Leak> LeaksBetween(LabelledSets train, LabelledSets val, int threads, CancellationToken cancel)
    {
        var (one, other) = (Sound("data.sets", train.Samples), Sound("data.val", val.Samples));
        var bytes = one.Samples.Concat(other.Samples).Sum(sample => new FileInfo(sample.Path).Length);
        return bytes <= TrainingPictures.LargestSearch ? LeakFinder.Find(one, other, threads, cancel) : LeakFinder.FindQuickly(one, other, cancel);
    }

    private PictureSet Sound(string source, IReadOnlyList<Sample> samples) => new(source, [], [.. samples.Where(sample => !SetAside.Contains(sample.Path))]);

    private static HeadTerm TermOf(HeadPlace head, HeadOptions options, HeadCensus? values)
    {
        var term = new HeadTerm(head, options.Weight, options.LossOrDefault);
        if (head.Kind != HeadKind.Value) return term;
        if (values is null && (options.Center is null || options.Scale is null))
            throw new BadInputException($"model.heads.{head.Name}: its values are too many to be listed in the index of the shards, so their mean is not known. Write center (their mean) and scale (their standard deviation), about.");
        return term with { Center = options.Center ?? values!.Mean, Scale = options.Scale ?? values!.Deviation };
    }

    private static string Describe(HeadPlace head, HeadCensus? train, HeadCensus? val)
    {
        var kind = head.Kind switch
        {
            HeadKind.Value => "a value",
            HeadKind.Multi => $"{head.Classes.Count} labels",
            HeadKind.Title => $"{head.Classes.Count} titles",
            _ => $"{head.Classes.Count} classes",
        };
        return string.Create(CultureInfo.InvariantCulture, $"Head {head.Name}: {kind}{Counted(train, "to learn from")}{Counted(val, "to validate with")}.");
    }

    private static string Counted(HeadCensus? census, string purpose) => census is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {census.Labelled} pictures {purpose}");

    private void WarnOfGaps(HeadPlace head, HeadCensus val)
    {
        if (val.Labelled == 0) _warnings.Add($"No picture of data.val is labelled for head {head.Name}, so nothing is known of it.");
        else if (val.Missing.Count > 0)
            _warnings.Add($"{val.Missing.Count} of {head.Classes.Count} classes of head {head.Name} have no picture in val, so their errors do not show: {Names.Few(val.Missing)}.");
    }
}
