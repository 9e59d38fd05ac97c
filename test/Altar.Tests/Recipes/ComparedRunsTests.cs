using Altar.Metrics;
using Altar.Recipes;
using Altar.Reports;
using Altar.Tensors;
using Altar.Tests.Reports;

namespace Altar.Tests.Recipes;

public class ComparedRunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_recipe_is_read_as_dotted_keys_whichever_keys_it_has()
    {
        var settings = RecipeSettings.Read("name: a\ndata: {size: [224, 320], future: yes}\nstages:\n  - {rate: 0.1, loss: {bce: 1}}\n  - {rate: 0.2}\n", "r.yaml");

        Assert.Equal(
            ["name=a", "data.size=[224, 320]", "data.future=yes", "stages.0.rate=0.1", "stages.0.loss.bce=1", "stages.1.rate=0.2"],
            settings.Select(one => $"{one.Key}={one.Value}"));
    }

    [Fact]
    public void Runs_are_opened_with_what_they_chose_by()
    {
        WriteRun("a", "data: {best: top1}");
        WriteRun("b", "data: {best: null}");
        WriteRun("c", "name: c", new MetricValues((Metric.Loss, 0.4), (Metric.Iou, 0.6)));
        Directory.CreateDirectory(At("new"));
        File.WriteAllText(At("new/recipe.yaml"), "name: new");

        var runs = ComparedRuns.Open([At("a"), At("b"), At("c"), At("new")]).Runs;

        Assert.Equal(["a by top1", "b by logloss", "c by iou", "new by logloss"], runs.Select(run => $"{run.Name} by {run.By}"));
        Assert.Equal([1, 1, 1, 0], runs.Select(run => run.Epochs.Count));
        Assert.All(ComparedRuns.Open([At("a"), At("b")], "top5").Runs, run => Assert.Equal("top5", run.By.Name));
    }

    [Fact]
    public void Runs_of_the_same_name_are_called_by_their_paths()
    {
        WriteRun("x/run", "seed: 1");
        WriteRun("y/run", "seed: 2");

        Assert.Equal([At("x/run"), At("y/run")], ComparedRuns.Open([At("x/run"), At("y/run")]).Runs.Select(run => run.Name));
    }

    [Fact]
    public void What_cannot_be_compared_is_told()
    {
        WriteRun("a", "seed: 1");
        WriteRun("b", "seed: 1");
        Directory.CreateDirectory(At("photos"));

        Refuses("at least two run folders", null, "a");
        Refuses("the run is named twice", null, "a", "a/");
        Refuses("photos: no run folder, since there is no recipe.yaml in it", null, "a", "photos");
        Refuses("'iou' is measured by none of the runs; they have logloss, top1, top5.", "iou", "a", "b");
    }

    private void WriteRun(string name, string recipe, MetricValues? val = null)
    {
        var row = FakeRun.Epoch() with { Val = val ?? FakeRun.Val(0.5, 0.8) };
        using (var file = MetricsFile.Open(At(name), row.Val.Metrics)) file.Add(row);
        File.WriteAllText(At($"{name}/recipe.yaml"), recipe);
    }

    private string At(string name) => _folder.In(name);

    private void Refuses(string message, string? by, params string[] names) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => ComparedRuns.Open([.. names.Select(At)], by)).Message, StringComparison.Ordinal);
}
