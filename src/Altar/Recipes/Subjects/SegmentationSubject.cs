using System.Globalization;
using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Masks;
using Altar.Images;
using Altar.Inference.Masks;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Reports;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Recipes.Subjects;

/// <summary>Pictures with a class for each pixel.</summary>
internal sealed class SegmentationSubject : RunSubject
{
    private const string SheetName = "masks.jpg",
        CurvesNote = "The loss on val is the cross-entropy of the pixels in every stage, so that stages can be compared; that in training is the stage's own.";

    private readonly Recipe _recipe;
    private readonly MaskedPictures _pictures;

    public SegmentationSubject(Recipe recipe, MaskedPictures pictures)
    {
        (_recipe, _pictures) = (recipe, pictures);
        Task = new SegmentationTask(pictures.Train.Classes);
        var (normalization, size) = (recipe.Model.Preprocessing, recipe.Data.Size);
        var train = ToLearn(AugmentationOptions.None, size);
        var val = ToJudge(size);
        Training = new SampleFeed(train.Count, view => ToLearn(view.Augmentation, view.Size));
        Validation = new SampleFeed(val.Count, view => ToJudge(view.Size));

        MaskSamples ToLearn(AugmentationOptions augmentation, PixelSize to) => MaskSamples.ToLearn(pictures.Train, recipe.Data, augmentation, to, normalization, pictures.SetAside);
        MaskSamples ToJudge(PixelSize to) => MaskSamples.ToJudge(pictures.Val, recipe.Data, to, normalization, pictures.SetAside);
    }

    public override LearningTask Task { get; }

    public override PictureFeed Training { get; }

    public override PictureFeed Validation { get; }

    public override IReadOnlyList<string> Classes => _pictures.Train.Classes;

    public override IReadOnlyList<string> Warnings => _pictures.Warnings;

    public override SetAside SetAside => _pictures.SetAside;

    // With crops an epoch's samples are parts of the pictures.
    public override string Sizes => _recipe.Data.Crop is null ? base.Sizes
        : $"{_pictures.Train.Pictures.Count} pictures to learn from in {Training.Count} crops an epoch, {_pictures.Val.Pictures.Count} to validate with in {Validation.Count} tiles";

    public override (VisionNetwork Network, LoadReport? Report) CreateNetwork(ModelOptions model, Seed seed, CancellationToken cancel) =>
        PretrainedNetwork.CreateSegmentation(model, Classes.Count, seed, cancel: cancel);

    public override ModelCard Card(PictureView view) => new()
    {
        Model = _recipe.Model with { Weights = "none" },
        Classes = Classes,
        Size = view.Size,
        ImageColumn = _recipe.Data.Image,
        Part = MaskSamples.CropOf(_recipe.Data, view.Size) ?? new PixelSize(Median(size => size.Width), Median(size => size.Height)),
        Data = _recipe.Data with { Train = "", Val = "", Generate = null, Threads = 0 },
    };

    public override RunReportContent Judge(RunReportContent content, RunFolder folder, VisionNetwork network, IBatchSource? validation, CancellationToken cancel)
    {
        content = content with { Predictions = null, ValPictures = _pictures.Val.Pictures.Count, CurvesNote = CurvesNote };
        if (validation is null) return content;

        var samples = MaskSamples.ToJudge(_pictures.Val, _recipe.Data, _recipe.Data.Size, _recipe.Model.Preprocessing, new SetAside());
        var judgement = MaskJudgement.Of(network, validation, Classes, _recipe.Model.Preprocessing, samples.NameOf, cancel: cancel);
        if (judgement.Threshold is { Threshold: > 0 and var best }) ModelCardFile.Write(folder.Best, ModelCardFile.Read(folder.Best) with { Threshold = best });
        var sheet = folder.In(SheetName);
        MaskSheet.Save(sheet, $"{Path.GetFileName(folder.Path)}: validation masks", judgement.Worst, judgement.Best, Classes);
        return content with { Tiles = [.. Tiles(judgement)], Sections = [.. Sections(judgement, sheet)] };
    }

    private int Median(Func<PixelSize, int> side)
    {
        int[] sides = [.. _pictures.Train.Pictures.Select(picture => side(picture.Size)).Order()];
        return sides[sides.Length / 2];
    }

    private IEnumerable<ReportTile> Tiles(MaskJudgement judgement)
    {
        var scores = judgement.Scores;
        yield return new("IoU", Percent(scores.Pixels.MeanIou), $"{One} by {One} {Percent(scores.PictureIou)}");
        yield return new("Dice", Percent(scores.Pixels.MeanDice), $"{One} by {One} {Percent(scores.PictureDice)}");
        yield return new("accuracy", Percent(scores.Pixels.Accuracy), $"nothing found: {Percent(judgement.AccuracyOfNothing)}");
        if (judgement.Threshold is { } best)
            yield return new("best threshold", best.Threshold.ToString("0.00", CultureInfo.InvariantCulture), $"IoU there {Percent(best.Counts.Iou)}; altar predict takes it");
    }

    private static IEnumerable<ReportSection> Sections(MaskJudgement judgement, string sheet)
    {
        yield return new ReportSection("Classes")
        {
            Heads = ["class", "pixels", "IoU", "Dice", "precision", "recall"],
            Rows = [.. judgement.Scores.Pixels.PerClass.Select(score => (IReadOnlyList<object>)
            [
                score.Name, (score.Counts.True).ToString("N0", CultureInfo.InvariantCulture),
                score.Counts.Iou, score.Counts.Dice, score.Counts.Precision, score.Counts.Recall,
            ])],
        };
        yield return new ReportSection("Masks", "As the network sees the pictures; the worst and the best by their own IoU.") { Picture = sheet };
    }

    private string One => _recipe.Data.Crop is null ? "picture" : "tile";

    private static string Percent(double share) => double.IsNaN(share) ? "–" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
