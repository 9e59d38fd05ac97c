using Altar.Recipes;
using Altar.Recipes.Planning;
using Altar.Schedules;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Tests.Recipes;

public class RunPlanTests
{
    private static readonly Recipe _recipe = new()
    {
        Stages =
        [
            new Stage { Name = "head", Learns = "head", Epochs = 2, Batch = 10, Rate = 0.01 },
            new Stage { Name = "all", Epochs = 3, Batch = 4, Rate = 0.001, Schedule = new ScheduleOptions { Cycles = 3, Phase = CyclePhase.Code }, Snapshots = true },
        ],
    };

    [Fact]
    public void Steps_are_counted_over_the_run()
    {
        var plan = RunPlan.Of(_recipe, pictures: 20, valPictures: 5);

        Assert.Equal([(0, 0, 2, 4), (2, 4, 5, 15)], plan.Stages.Select(stage => (stage.FirstEpoch, stage.FirstStep, stage.StepsPerEpoch, stage.Steps)));
        Assert.Equal((5, 19), (plan.Epochs, plan.Steps));
    }

    [Fact]
    public void A_last_batch_of_one_picture_is_no_step_where_norms_need_a_variance()
    {
        var frozen = new Recipe { Stages = [.. _recipe.Stages.Select(stage => stage with { Norm = NormPolicy.Frozen })] };

        Assert.Equal([2, 5], RunPlan.Of(_recipe, 21, 5).Stages.Select(stage => stage.StepsPerEpoch));
        Assert.Equal([3, 6], RunPlan.Of(frozen, 21, 5).Stages.Select(stage => stage.StepsPerEpoch));
    }

    [Fact]
    public void The_rate_is_known_at_every_step()
    {
        var plan = RunPlan.Of(_recipe, 20, 5);

        Assert.Equal([0.01, 0.01, 0.01, 0.01, 0.000905, 0.000655, 0.000345, 0.000095, 0], Enumerable.Range(0, 9).Select(step => Math.Round(plan.RateAt(step), 6)));
    }

    [Fact]
    public void Snapshots_are_kept_where_cycles_end()
    {
        Assert.Equal([5, 10, 15], RunPlan.Of(_recipe, 20, 5).Stages[1].Snapshots);
        Assert.Empty(RunPlan.Of(_recipe, 20, 5).Stages[0].Snapshots);
    }

    [Fact]
    public void Presets_of_augmentation_are_named_also_from_a_resolved_recipe()
    {
        var recipe = RecipeFile.Parse("{data: {train: photos}, stages: [{augment: none}, {augment: hard}, {augment: {from: hard, rotate: 3}}]}", "test");
        var resolved = RecipeFile.Parse(RecipeFile.Write(recipe), "resolved");

        Assert.Equal(["none", "hard", "own"], RunPlan.Of(resolved, 64, 5).Stages.Select(stage => stage.Augment));
    }

    [Fact]
    public void Pictures_too_few_for_a_batch_are_refused()
    {
        Assert.Throws<BadInputException>(() => RunPlan.Of(_recipe, pictures: 1, valPictures: 1));
    }

    [Fact]
    public void The_text_shows_rate_snapshots_and_stages()
    {
        var lines = PlanText.Draw(RunPlan.Of(_recipe, 20, 5), width: 40).Split(Environment.NewLine);

        Assert.Equal("    1e-2  ████████████", lines[0].TrimEnd());
        Assert.Equal(3, lines.Single(line => line.StartsWith("snapshots", StringComparison.Ordinal)).Count(letter => letter == '▲'));
        Assert.Contains("stage     │head       │all", lines);
        Assert.Contains("learns    │head       │all", lines);
        Assert.Contains(lines, line => line.StartsWith("all ", StringComparison.Ordinal) && line.EndsWith("3       15     0.001  3 cosine cycles", StringComparison.Ordinal));
    }

    [Fact]
    public void The_picture_is_written()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "plan.png");
        RunPlan.Of(_recipe, 20, 5).SavePlot(file);

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(file)[..4]);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void An_estimate_scales_what_was_measured()
    {
        var plan = RunPlan.Of(_recipe, 20, 5);
        var estimate = PlanEstimate.From(plan,
        [
            new StageMeasurement(SecondsPerStep: 0.5, SecondsPerValPicture: 0.1, StartUpSeconds: 3, PeakBytes: 100, SecondsPerFeature: 0.2),
            new StageMeasurement(SecondsPerStep: 2, SecondsPerValPicture: 0.1, StartUpSeconds: 1, PeakBytes: 700),
        ]);

        Assert.Equal(3 + 25 * 0.2 + 4 * 0.5 + 10 * 0.1, estimate.Stages[0].Seconds, 9);
        Assert.Equal(1 + 15 * 2 + 15 * 0.1, estimate.Stages[1].Seconds, 9);
        Assert.Equal(11 + 32.5, estimate.Seconds, 9);
        Assert.Equal(700, estimate.PeakBytes);
    }

    [Fact]
    public void An_estimate_needs_a_measurement_of_each_stage()
    {
        Assert.Throws<ArgumentException>(() => PlanEstimate.From(RunPlan.Of(_recipe, 20, 5), []));
    }
}
