using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Heads;
using Altar.Datasets.Shards;
using Altar.Inference.Heads;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Reports;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Recipes.Subjects;

/// <summary>Pictures that are labelled for some of several heads.</summary>
internal sealed class HeadsSubject : RunSubject
{
    private readonly Recipe _recipe;
    private readonly HeadsData _data;

    public HeadsSubject(Recipe recipe, HeadsData data)
    {
        (_recipe, _data) = (recipe, data);
        Task = new HeadsTask(data.Terms, recipe.Model.Softmax);
        Training = Feed(data.Train);
        Validation = Feed(data.Val);
        Classes = [.. data.Layout.Heads.SelectMany(head => head.Kind == HeadKind.Value ? [head.Name] : head.Classes.Select(name => $"{head.Name}/{name}"))];
    }

    public override LearningTask Task { get; }

    public override PictureFeed Training { get; }

    public override PictureFeed Validation { get; }

    /// <summary>The outputs of all heads: "category/shoes", and a value by its name.</summary>
    public override IReadOnlyList<string> Classes { get; }

    public override IReadOnlyList<string> Warnings => _data.Warnings;

    public override IReadOnlyList<string> Notes => _data.Notes;

    public override SetAside SetAside => _data.SetAside;

    /// <summary>The figures of heads whose classes are not known yet.</summary>
    public static LearningTask TaskOf(IReadOnlyDictionary<string, HeadOptions> heads)
    {
        if (heads.Count == 0) return new HeadsTask([]);
        var layout = HeadLayout.Of([.. heads.Where(head => !string.IsNullOrWhiteSpace(head.Key)).Select(head => new HeadSpec(head.Key, head.Value.Kind, head.Value.Kind == HeadKind.Value ? null : [head.Key]))]);
        return new HeadsTask([.. layout.Heads.Select(head => new HeadTerm(head, 1, heads[head.Name].LossOrDefault))]);
    }

    public override (VisionNetwork Network, LoadReport? Report) CreateNetwork(ModelOptions model, Seed seed, CancellationToken cancel) =>
        PretrainedNetwork.Create(model, Classes.Count, seed, cancel: cancel);

    public override ModelCard Card(PictureView view) => new()
    {
        Model = _recipe.Model with { Weights = "none", Heads = new Dictionary<string, HeadOptions>() },
        Classes = Classes,
        Size = view.Size,
        Shapes = _recipe.Data.Shapes,
        ImageColumn = _recipe.Data.Sets[0].Image,
        LabelColumn = "",
        Heads = [.. _data.Terms.Select(CardOf)],
    };

    public override RunReportContent Judge(RunReportContent content, RunFolder folder, VisionNetwork network, IBatchSource? validation, CancellationToken cancel)
    {
        content = content with { Predictions = null, ValPictures = _data.Val.Count };
        if (validation is null) return content;

        var card = ModelCardFile.Read(folder.Best);
        var judgement = HeadsJudgement.Of(network, validation, _data.Layout, [.. _data.Terms.Select(CardOf)], keepsOf: _data.Val.Count, cancel: cancel);
        List<HeadCard> chosen = [.. judgement.Heads.Select(head => HeadCalibration.Choose(head, _recipe.Model.Heads[head.Card.Name]))];
        ModelCardFile.Write(folder.Best, card with { Heads = chosen });
        var sections = new HeadSections(folder, _data.Val.Listed is null ? null : _data.Val.NameOf);
        return content with
        {
            Tiles = [.. judgement.Heads.Select(HeadSections.Tile)],
            Sections = [.. judgement.Heads.Zip(chosen, (head, calibrated) => sections.Of(head with { Card = calibrated })).SelectMany(parts => parts)],
        };
    }

    public override void Dispose()
    {
        _data.Dispose();
        base.Dispose();
    }

    private HeadCard CardOf(HeadTerm term) => new()
    {
        Name = term.Head.Name,
        Kind = term.Head.Kind,
        Classes = term.Head.Classes,
        Words = term.Head.SplitsWords,
        Weight = term.Weight,
        Column = _recipe.Data.Sets.First(set => set.Labels.ContainsKey(term.Head.Name)).Labels[term.Head.Name],
        Center = term.Center,
        Scale = term.Scale,
    };

    private PictureFeed Feed(HeadsSide side)
    {
        if (side.Listed is not { } listed)
            return new ShardFeed(side.Parts, _recipe.Model.Preprocessing, SetAside, new ShardReadOptions { Buffer = _recipe.Data.Buffer });
        if (_recipe.Data.Shapes.Count > 0) return new ShapedFeed(new ShapeBuckets(_recipe.Data.Shapes), side.Sizes, Samples) { Names = side.NameOf };
        var isMixed = listed.Sets.All(set => set.Weight is not null);
        return new SampleFeed(listed.Samples.Count, Samples) { Names = side.NameOf, Mixture = isMixed ? seed => new SetMixture(listed.Sets, seed).Order : null };

        PictureSamples Samples(PictureView view) =>
            new(listed.Samples, new Augmenter(view.Augmentation, view.Size), _recipe.Model.Preprocessing, SetAside) { Targets = listed };
    }
}
