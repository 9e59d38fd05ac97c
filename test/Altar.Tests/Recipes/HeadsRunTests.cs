using Altar.Inference;
using Altar.Inference.Heads;
using Altar.Recipes;
using Altar.Recipes.Planning;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;

namespace Altar.Tests.Recipes;

/// <summary>Whole runs of one trunk with four heads, whose labels come from two lists.</summary>
public sealed class HeadsRunTests : IDisposable
{
    private const string Heads = """
        model:
          name: resnet20_cifar
          weights: none
          dropout: 0
          template: "{name} in {colour}"
          heads:
            colour: {kind: single}
            flags: {kind: multi, weight: 0.5}
            name: {kind: title}
            light: {kind: value}
        """;

    private const string Stages = "stages: [{epochs: 14, batch: 8, rate: 3e-3, optimizer: adamw, augment: none}]";

    private readonly HeadPictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void One_trunk_learns_all_heads_from_lists_that_label_some_each()
    {
        var result = Run("run");
        var best = result.Best!.Val;

        Assert.Equal(["loss", "colour.top1", "flags.f1", "name.top1", "name.top5", "light.mae"], best.Metrics.Select(metric => metric.Name));
        Assert.True(best["colour.top1"] > 0.9, $"colour {best["colour.top1"]}");
        Assert.True(best["name.top1"] > 0.8, $"name {best["name.top1"]}");
        Assert.True(best["flags.f1"] > 0.7, $"flags {best["flags.f1"]}");
        Assert.True(best["light.mae"] < 25, $"light {best["light.mae"]}");   // evenly from 60 to 180: their mean is off by 30
        Assert.Equal(result.Best, Read(result).Epochs.MinBy(epoch => epoch.Val["loss"]));
        foreach (var file in (string[])["report.html", "confusion-colour.png", "confusion-name.png", "errors-colour.jpg"]) Assert.True(File.Exists(Path.Combine(result.Folder, file)), file);
    }

    [Fact]
    public void The_card_holds_what_was_chosen_on_the_validation_pictures()
    {
        var card = ModelCardFile.Read(Path.Combine(Run("card", "stages: [{epochs: 1, batch: 8, rate: 1e-6, augment: none}]").Folder, "checkpoints", "best"));

        Assert.Equal(["colour", "flags", "name", "light"], card.Heads!.Select(head => head.Name));
        Assert.Equal(["colour/blue", "colour/red", "flags/tall", "flags/warm", "name/posts", "name/steps", "light"], card.Classes);
        Assert.Equal((2, 2), (card.Heads![1].Thresholds!.Count, card.Heads[1].Bands!.Count));
        Assert.NotEqual(1, card.Heads[0].Temperature);
        Assert.InRange(card.Heads[3].Center, 100, 140);
        Assert.InRange(card.Heads[3].Scale, 20, 50);
        Assert.Equal("{name} in {colour}", card.Model.Template);
        Assert.Empty(card.Model.Heads);
    }

    [Fact]
    public void Evaluation_says_of_each_head_what_the_validation_said()
    {
        var run = Run("judged", "stages: [{epochs: 3, batch: 8, rate: 3e-3, augment: none}]");
        using var predictor = HeadsPredictor.Open(run.Folder, "cpu");
        using var colours = HeadsSet.Open(_pictures.In("val-colours.csv"), predictor.Layout, predictor.Card);

        var judgement = predictor.Evaluate(colours, new PredictOptions { Batch = 5 });

        Assert.Equal(18, judgement.Pictures);
        Assert.Equal([18L, 18, 0, 0], judgement.Heads.Select(head => head.Tally.Labelled));
        Assert.Equal(run.Best!.Val["colour.top1"], judgement.Heads[0].Tally.Classes!.Top1, 1e-9);
    }

    [Fact]
    public void Prediction_keeps_the_order_of_the_pictures_in_any_shapes()
    {
        var run = Run("shapes", "stages: [{epochs: 1, batch: 8, rate: 1e-3, augment: none}]", "shapes: [32x32, 32x48, 48x32]");
        using var predictor = HeadsPredictor.Open(run.Folder, "cpu");
        var samples = PictureFiles.List(_pictures.Home).Where(sample => Path.GetFileName(sample.Path).StartsWith("val-", StringComparison.Ordinal)).ToList();

        var together = predictor.Predict(samples).ToList();
        var alone = samples.SelectMany(sample => predictor.Predict([sample])).ToList();
        var square = predictor.Predict(samples, new PredictOptions { Shapes = [] }).ToList();

        Assert.Equal(3, predictor.Card.Shapes.Count);
        Assert.Equal(samples.Select(sample => sample.Path), together.Select(prediction => prediction.Path));
        Assert.All(together.Zip(alone), pair => Assert.Equal(pair.First.Said[0][0], pair.Second.Said[0][0], 1e-4));
        Assert.Contains(together.Zip(square), pair => Math.Abs(pair.First.Said[3][0] - pair.Second.Said[3][0]) > 1e-4);
    }

    [Fact]
    public void Shards_teach_what_their_lists_teach()
    {
        _pictures.WriteShards();

        var result = Run("shards", "stages: [{epochs: 8, batch: 8, rate: 3e-3, optimizer: adamw, augment: none}]", "buffer: 20", "-shards", weights: true);
        var card = ModelCardFile.Read(Path.Combine(result.Folder, "checkpoints", "best"));

        Assert.Equal(["blue", "red"], card.Heads![0].Classes);
        Assert.True(result.Best!.Val["colour.top1"] > 0.8, $"colour {result.Best.Val["colour.top1"]}");
        using var predictor = HeadsPredictor.Open(result.Folder, "cpu");
        using var shards = HeadsSet.Open(_pictures.In("val-stripes-shards"), predictor.Layout, card);
        using var list = HeadsSet.Open(_pictures.In("val-stripes.csv"), predictor.Layout, card);
        Assert.Equal(predictor.Evaluate(list).Heads[2].Tally.Classes!.LogLoss, predictor.Evaluate(shards).Heads[2].Tally.Classes!.LogLoss, 1e-6);
    }

    [Fact]
    public void A_head_stage_on_shards_reads_them_again_instead_of_keeping_features()
    {
        _pictures.WriteShards();

        var result = Run("streamed", "stages: [{learns: head, norm: frozen, epochs: 2, batch: 8, rate: 1e-2, augment: none}]", ending: "-shards");

        Assert.Equal(2, result.Epochs);
    }

    [Theory]
    [InlineData("stages: [{learns: head, norm: frozen, epochs: 3, batch: 8, rate: 1e-2, augment: none}, {name: all, epochs: 1, batch: 8, rate: 1e-3}]", "")]
    [InlineData("stages: [{epochs: 3, batch: 8, rate: 1e-3, augment: light}]", "shapes: [32x32, 32x48, 48x32]")]
    public void An_interrupted_run_goes_on_as_if_it_had_not_been(string stages, string more)
    {
        var whole = Run("whole", stages, more);
        using var cancel = new CancellationTokenSource();
        var first = Execute("parts", stages, more, new CancelAt(8, cancel), resume: false, cancel.Token);
        var second = Execute("parts", stages, more, new CancelAt(-1, cancel), resume: true, default);

        Assert.True(first.Interrupted);
        Assert.Equal(whole.Best!.Val, second.Best!.Val);
        Assert.Equal(Bytes(whole), Bytes(second));
    }

    [Fact]
    public void The_joint_softmax_learns_too()
    {
        var result = Execute(Recipe(Stages, "", model: Heads + "\n  softmax: joint"), "joint", new CancelAt(-1, new CancellationTokenSource()), false, default);

        Assert.True(result.Best!.Val["colour.top1"] > 0.8, $"colour {result.Best.Val["colour.top1"]}");
    }

    [Fact]
    public void A_plan_counts_the_steps_of_every_shape()
    {
        var recipe = Recipe("stages: [{epochs: 2, batch: 8, rate: 1e-3, augment: none}]", "shapes: [32x32, 32x48, 48x32]");

        var (plan, estimate) = PlanProbe.Measure(recipe, "cpu", new CancelAt(-1, new CancellationTokenSource()), default);

        Assert.Equal(72, plan.Pictures);                   // 36 + 36
        Assert.Equal(2 * 9, plan.Steps);                   // 24 of each shape
        Assert.True(estimate.Seconds > 0);
    }

    [Fact]
    public void A_class_that_val_lacks_and_a_head_without_labels_there_are_said()
    {
        File.WriteAllText(_pictures.In("val-stripes.csv"), "image,name,light\nval-001.png,posts,\n");
        var notes = new List<string>();

        Execute(Recipe("stages: [{epochs: 1, batch: 8, rate: 1e-3, augment: none}]", ""), "gaps", new Notes(notes), false, default);

        Assert.Contains("Head colour: 2 classes, 36 pictures to learn from, 18 pictures to validate with.", notes);
        Assert.Contains(notes, note => note.StartsWith("1 of 2 classes of head name have no picture in val", StringComparison.Ordinal) && note.Contains("steps", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.StartsWith("No picture of data.val is labelled for head light", StringComparison.Ordinal));
    }

    [Fact]
    public void Lists_and_shards_are_not_mixed_on_one_side()
    {
        _pictures.WriteShards();
        var text = _pictures.Data().Replace("train-stripes.csv", "train-stripes-shards", StringComparison.Ordinal);

        var error = Assert.Throws<BadInputException>(() => Execute(RecipeFile.Parse($"{text}\n{Heads}\n{Stages}", "r.yaml"), "mixed", new Notes([]), false, default));

        Assert.Contains("is a list of files: one is read from front to back", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_come_in_one_shape()
    {
        _pictures.WriteShards();

        var error = Assert.Throws<BadInputException>(() => Run("refused", Stages, "shapes: [32x32, 32x48]", "-shards"));

        Assert.StartsWith("data.shapes: the pictures of shards have no known size before they are read", error.Message, StringComparison.Ordinal);
    }

    private RunResult Run(string name, string stages = Stages, string more = "", string ending = ".csv", bool weights = false) =>
        Execute(Recipe(stages, more, ending, weights), name, new CancelAt(-1, new CancellationTokenSource()), false, default);

    private RunResult Execute(string name, string stages, string more, IProgress<TrainingEvent> progress, bool resume, CancellationToken cancel) =>
        Execute(Recipe(stages, more), name, progress, resume, cancel);

    private RunResult Execute(Recipe recipe, string name, IProgress<TrainingEvent> progress, bool resume, CancellationToken cancel) =>
        TrainingRun.Execute(recipe, new RunOptions { Folder = _pictures.In(name), Device = "cpu", Resume = resume }, progress, cancel);

    private Recipe Recipe(string stages, string more, string ending = ".csv", bool weights = false, string model = Heads) =>
        RecipeFile.Parse($"name: heads\n{_pictures.Data(more, ending, weights)}\n{model}\n{stages}", "heads.yaml");

    private static TrainingState Read(RunResult run) => RunCheckpoints.ReadState(new RunFolder(run.Folder))!;

    private static byte[] Bytes(RunResult run) => File.ReadAllBytes(Path.Combine(run.Folder, "checkpoints", "last", "model.safetensors"));

    private sealed class CancelAt(int step, CancellationTokenSource cancel) : IProgress<TrainingEvent>
    {
        private int _steps;

        public void Report(TrainingEvent value)
        {
            if (value is TrainingEvent.StepDone && ++_steps == step) cancel.Cancel();
        }
    }

    private sealed class Notes(List<string> texts) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value is TrainingEvent.Note note) texts.Add(note.Text);
            if (value is TrainingEvent.Warning warning) texts.Add(warning.Text);
        }
    }
}
