using Altar.Images;
using Altar.Inference;
using Altar.Inference.Masks;
using Altar.Recipes;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Tests.Recipes;

/// <summary>Whole runs that learn masks: dark squares over noise.</summary>
public sealed class SegmentationRunTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("altar-").FullName;

    public SegmentationRunTests()
    {
        Write("train", 24, 1);
        Write("val", 8, 2);
    }

    [Fact]
    public void The_trainer_of_classes_learns_masks_too()
    {
        var result = Run("run");

        Assert.Equal(["loss", "iou", "dice", "accuracy"], result.Best!.Val.Metrics.Select(metric => metric.Name));
        Assert.True(result.Best.Val["iou"] > 0.8, $"IoU {result.Best.Val["iou"]:0.000}");
        Assert.StartsWith("epoch,stage,steps,rate,train_loss,loss,iou,dice,accuracy,seconds", File.ReadAllText(Path.Combine(result.Folder, "metrics.csv")), StringComparison.Ordinal);
        foreach (var file in (string[])["curves.png", "masks.jpg", "report.html"]) Assert.True(File.Exists(Path.Combine(result.Folder, file)), file);
        Assert.False(File.Exists(Path.Combine(result.Folder, "confusion.png")));
    }

    [Fact]
    public void The_model_card_knows_how_masks_are_read_and_no_path()
    {
        var card = ModelCardFile.Read(Path.Combine(Run("card").Folder, "checkpoints", "best"));

        Assert.Equal(("unet_nizhib", new PixelSize(32, 32)), (card.Model.Name, card.Size));
        Assert.Equal(["square"], card.Data!.Classes);
        Assert.Equal(("", ""), (card.Data.Train, card.Data.Val));
    }

    [Fact]
    public void An_interrupted_run_goes_on_as_if_it_had_not_been()
    {
        var whole = Run("whole");
        using var cancel = new CancellationTokenSource();
        var first = TrainingRun.Execute(Recipe(), new RunOptions { Folder = In("parts"), Device = "cpu" }, new CancelAt(7, cancel), cancel.Token);
        var second = TrainingRun.Execute(Recipe(), new RunOptions { Folder = In("parts"), Device = "cpu", Resume = true }, new CancelAt(-1, cancel), default);

        Assert.True(first.Interrupted);
        Assert.Equal(whole.Best!.Val, second.Best!.Val);
        Assert.Equal(File.ReadAllBytes(Path.Combine(In("whole"), "checkpoints", "last", "model.safetensors")), File.ReadAllBytes(Path.Combine(In("parts"), "checkpoints", "last", "model.safetensors")));
    }

    [Fact]
    public void Evaluation_says_what_the_last_validation_of_the_best_epoch_said()
    {
        var run = Run("judged");
        using var evaluator = MaskEvaluator.Open(run.Folder, "cpu");

        var judgement = evaluator.Evaluate(In("val"), In("val-masks"));

        Assert.Equal(run.Best!.Val["iou"], judgement.Scores.Pixels.MeanIou, 1e-9);
        Assert.Equal(8, judgement.Scores.Pictures);
    }

    [Fact]
    public void The_best_checkpoint_keeps_the_threshold_with_the_best_iou_on_val()
    {
        var run = Run("threshold");
        using var evaluator = MaskEvaluator.Open(run.Folder, "cpu");
        var judgement = evaluator.Evaluate(In("val"), In("val-masks"));

        Assert.Equal(judgement.Threshold!.Value.Threshold, evaluator.Card.Threshold);
        Assert.Equal(judgement.Threshold.Value.Counts.Iou, judgement.At(evaluator.Card.Threshold!.Value)!.Value.Iou);
        Assert.True(judgement.Threshold.Value.Counts.Iou >= run.Best!.Val["iou"]);
        Assert.Null(ModelCardFile.Read(Path.Combine(run.Folder, "checkpoints", "last")).Threshold);
        using var predictor = SegmentationPredictor.Open(run.Folder, "cpu");
        Assert.Equal(evaluator.Card.Threshold, predictor.Model.Threshold);
    }

    [Fact]
    public void What_learnt_from_whole_pictures_sees_a_larger_one_at_the_size_that_it_knows()
    {
        using var predictor = SegmentationPredictor.Open(Run("whole-pictures").Folder, "cpu");
        Directory.CreateDirectory(In("new"));
        var small = RasterReader.Read(Path.Combine(In("val"), "000.png"));
        var large = new Raster(new PixelSize(96, 64));
        for (var y = 0; y < 64; y++)
            for (var x = 0; x < 96; x++) small.Row(y / 2).Slice(x / 3 * 3, 3).CopyTo(large.Row(y).Slice(x * 3, 3));
        RasterWriter.Write(Path.Combine(In("new"), "small.png"), small);
        RasterWriter.Write(Path.Combine(In("new"), "large.png"), large);

        var results = predictor.Predict(In("new"), In("out")).Results;

        Assert.Equal((new PixelSize(32, 32), (PixelSize?)new PixelSize(32, 32)), (predictor.Card.Part!.Value, predictor.Model.Whole));
        Assert.InRange(results[0].Shares[0], results[1].Shares[0] - 0.01, results[1].Shares[0] + 0.01);   // large, small
        Assert.Equal(large.Size, RasterReader.ReadHeader(results[0].Output).Size);
    }

    [Theory]
    [InlineData("{name: unet_nizhib, weights: none}", "data.masks", "masks: x, ", "")]
    [InlineData("{name: resnet18, weights: none}", "data.masks", "", "")]
    [InlineData("{name: unet_nizhib, weights: none, kernel: 7}", "model.kernel", "", "")]
    [InlineData("{name: unet_nizhib, weights: none}", "stages.0.loss", "", ", loss: {cross_entropi: 1}")]
    public void What_does_not_go_together_is_named(string model, string path, string without, string stage)
    {
        var text = $"data: {{train: a, {(without.Length > 0 ? "" : "masks: x, ")}classes: [square]}}\nmodel: {model}\nstages: [{{epochs: 1{stage}}}]";

        var error = Assert.Throws<BadInputException>(() => RecipeFile.Parse(text, "r.yaml"));

        Assert.Contains($" {path}: ", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private string In(string name) => Path.Combine(_home, name);

    private RunResult Run(string name) =>
        TrainingRun.Execute(Recipe(), new RunOptions { Folder = In(name), Device = "cpu" }, new CancelAt(-1, new CancellationTokenSource()), default);

    private Recipe Recipe() => RecipeFile.Parse($$"""
        name: squares
        data: {train: {{In("train")}}, val: {{In("val")}}, masks: {{In("train-masks")}}, val_masks: {{In("val-masks")}}, classes: [square], size: 32}
        model: {name: unet_nizhib, weights: none, filters: 4}
        stages: [{epochs: 10, batch: 4, rate: 1e-2, optimizer: adamw, loss: {bce: 1, log_jaccard: 0.3}, augment: light}]
        """, "squares.yaml");

    private void Write(string name, int count, ulong seed)
    {
        for (var i = 0; i < count; i++)
        {
            var random = new Seed(seed).For(i).ToRandom();
            var (photo, mask) = (new Raster(PixelSize.Square(32)), new Raster(PixelSize.Square(32)));
            var (left, top, side) = (random.Next(16), random.Next(16), 8 + random.Next(8));
            for (var y = 0; y < 32; y++)
            {
                for (var x = 0; x < 32 * 3; x++)
                {
                    var isInside = x / 3 >= left && x / 3 < left + side && y >= top && y < top + side;
                    photo.Row(y)[x] = (byte)((isInside ? 20 : 110) + random.Next(90));
                    mask.Row(y)[x] = isInside ? byte.MaxValue : byte.MinValue;
                }
            }

            Directory.CreateDirectory(In(name));
            Directory.CreateDirectory(In($"{name}-masks"));
            RasterWriter.Write(Path.Combine(In(name), $"{i:D3}.png"), photo);
            RasterWriter.Write(Path.Combine(In($"{name}-masks"), $"{i:D3}.png"), mask);
        }
    }

    private sealed class CancelAt(int step, CancellationTokenSource cancel) : IProgress<TrainingEvent>
    {
        private int _steps;

        public void Report(TrainingEvent value)
        {
            if (value is TrainingEvent.StepDone && ++_steps == step) cancel.Cancel();
        }
    }
}
