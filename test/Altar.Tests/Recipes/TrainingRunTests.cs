using Altar.Recipes;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Tests.Recipes;

/// <summary>Whole runs on forty small pictures: what they leave, and how they go on.</summary>
public sealed class TrainingRunTests : IDisposable
{
    private readonly StripedFolder _pictures = new(train: 40, val: 20);

    [Fact]
    public void A_run_leaves_what_people_and_programs_look_for()
    {
        var result = Run("whole");

        Assert.False(result.Interrupted);
        Assert.Equal(["head", "all"], result.Stages.Select(stage => stage.Name));
        Assert.Equal(3, result.Epochs);
        string[] expected =
        [
            "recipe.yaml", "metrics.csv", "steps.csv", "curves.png", "confusion.png", "report.html",
            "checkpoints/best/model.safetensors", "checkpoints/best/model.json", "checkpoints/last/model.safetensors", "checkpoints/last/state.json",
        ];
        Assert.All(expected, name => Assert.True(File.Exists(Path.Combine(result.Folder, name)), name));
        Assert.Equal(4, File.ReadLines(Path.Combine(result.Folder, "metrics.csv")).Count());
        Assert.Equal(1 + 3 * 5, File.ReadLines(Path.Combine(result.Folder, "steps.csv")).Count());
        Assert.Equal(RecipeFile.Write(Recipe()), File.ReadAllText(Path.Combine(result.Folder, "recipe.yaml")));
    }

    [Fact]
    public void The_weights_file_holds_the_same_bytes_for_the_same_seed()
    {
        var one = Run("one");
        var other = Run("other");

        Assert.Equal(Weights(one), Weights(other));
    }

    [Theory]
    [InlineData(3)]     // in the head stage
    [InlineData(5)]     // at its last step, before the validation
    [InlineData(12)]    // in the second stage
    public void An_interrupted_run_goes_on_as_if_it_had_not_been(int step)
    {
        var whole = Run("whole");
        var first = Run("parts", new StopAt(step));
        var second = Run("parts", resume: true);

        Assert.True(first.Interrupted);
        Assert.False(second.Interrupted);
        Assert.Equal(Weights(whole), Weights(second));
        Assert.Equal(Numbers(whole, "metrics.csv"), Numbers(second, "metrics.csv"));
        Assert.Equal(File.ReadAllText(Path.Combine(whole.Folder, "steps.csv")), File.ReadAllText(Path.Combine(second.Folder, "steps.csv")));
    }

    [Fact]
    public void Resuming_where_nothing_was_saved_starts_anew()
    {
        var result = Run("new", resume: true);

        Assert.Equal(3, result.Epochs);
    }

    [Fact]
    public void Resuming_a_finished_run_does_nothing()
    {
        var first = Run("done");
        var weights = Weights(first);

        var second = Run("done", resume: true);

        Assert.Equal(3, second.Epochs);
        Assert.Equal(first.Best, second.Best);
        Assert.Equal(weights, Weights(second));
    }

    [Fact]
    public void Resuming_a_finished_run_that_lacks_its_report_writes_it()
    {
        var first = Run("unreported");
        var weights = Weights(first);
        File.Delete(Path.Combine(first.Folder, "report.html"));

        var second = Run("unreported", resume: true);

        Assert.True(File.Exists(Path.Combine(second.Folder, "report.html")));
        Assert.Equal(first.Best, second.Best);
        Assert.Equal(weights, Weights(second));
    }

    [Fact]
    public void A_folder_in_use_is_refused()
    {
        var first = Run("used");

        var error = Assert.Throws<BadInputException>(() => Run("used"));

        Assert.Equal($"{first.Folder}: the folder is not empty; choose another --out, or continue the run in it with --resume.", error.Message);
    }

    [Fact]
    public void Another_recipe_cannot_resume_a_run()
    {
        Run("mine");

        var error = Assert.Throws<BadInputException>(() => Run("mine", resume: true, seed: 2));

        Assert.Contains("line 3: the run was begun with 'seed: 1', and the recipe now says 'seed: 2'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_in_several_shapes_train_validate_and_predict_as_others_do()
    {
        var recipe = Recipe() with { Data = Recipe().Data with { Shapes = [new(32, 32), new(48, 32)] } };
        var result = Execute(recipe, "shapes", new Silent(), false, default);
        using var predictor = Altar.Inference.Predictor.Open(result.Folder, "cpu");
        var set = Altar.Inference.Evaluator.Open(predictor, _pictures.Val);

        var evaluation = Altar.Inference.Evaluator.Evaluate(predictor, set);

        Assert.Equal(2, predictor.Card.Shapes.Count);
        Assert.Equal(set.Samples.Select(sample => sample.Path), evaluation.Predictions.Select(said => said.Path));
        Assert.Equal(result.Best!.Val["logloss"], evaluation.Scores.LogLoss, 1e-5);
        Assert.Equal(1 + (3 * 5), File.ReadLines(Path.Combine(result.Folder, "steps.csv")).Count());   // all pictures are 40x36: one shape
    }

    [Fact]
    public void An_unknown_block_shows_before_anything_is_written()
    {
        var recipe = Recipe() with { Stages = [new Stage { Learns = "layer9" }] };

        var error = Assert.Throws<BadInputException>(() => Execute(recipe, "never", new Silent(), false, default));

        Assert.Contains("learns: layer9 is no part of resnet20_cifar", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_pictures.Home, "never")));
    }

    public void Dispose() => _pictures.Dispose();

    private Recipe Recipe(long seed = 1) => RecipeFile.Parse($$"""
        name: stripes
        seed: {{seed}}
        data: {train: {{_pictures.Train}}, val: {{_pictures.Val}}, size: 32}
        model: {name: resnet20_cifar, weights: none}
        stages:
          - {name: head, learns: head, epochs: 1, batch: 8, rate: 0.1, norm: frozen, augment: none, dropout: 0.5}
          - {name: all, epochs: 2, batch: 8, rate: 0.01}
        """, "stripes.yaml");

    private RunResult Run(string name, StopAt? stop = null, bool resume = false, long seed = 1)
    {
        using var cancel = new CancellationTokenSource();
        if (stop is not null) stop.Cancel = cancel;
        return Execute(Recipe(seed), name, (IProgress<TrainingEvent>?)stop ?? new Silent(), resume, cancel.Token);
    }

    private RunResult Execute(Recipe recipe, string name, IProgress<TrainingEvent> progress, bool resume, CancellationToken cancel) =>
        TrainingRun.Execute(recipe, new RunOptions { Folder = Path.Combine(_pictures.Home, name), Resume = resume, Device = "cpu" }, progress, cancel);

    private static byte[] Weights(RunResult run) => File.ReadAllBytes(Path.Combine(run.Folder, "checkpoints", "last", "model.safetensors"));

    // Times and memory apart.
    private static IEnumerable<string> Numbers(RunResult run, string file) =>
        File.ReadLines(Path.Combine(run.Folder, file)).Select(line => string.Join(',', line.Split(',')[..8]));

    private sealed class Silent : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
        }
    }

    private sealed class StopAt(int step) : IProgress<TrainingEvent>
    {
        private int _steps;

        public CancellationTokenSource Cancel { get; set; } = new();

        public void Report(TrainingEvent value)
        {
            if (value is TrainingEvent.StepDone && ++_steps == step) Cancel.Cancel();
        }
    }
}
