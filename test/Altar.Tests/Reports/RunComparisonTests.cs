using Altar.Metrics;
using Altar.Reports;
using Altar.Training;

namespace Altar.Tests.Reports;

public class RunComparisonTests
{
    private static readonly ComparedRun
        Shorter = Run("shorter", FakeRun.Epochs().Take(3), ("stages.0.rate", "0.01"), ("data.size", "224")),
        Longer = Run("longer", FakeRun.Epochs(), ("stages.0.rate", "0.001"), ("data.size", "224"), ("seed", "2")),
        Masks = Run("masks", [FakeRun.Epoch() with { Val = new MetricValues((Metric.Loss, 0.5), (Metric.Iou, 0.7)) }]) with { By = Metric.Iou },
        Empty = Run("empty", []);

    [Fact]
    public void The_best_epoch_is_the_first_that_no_other_is_better_than()
    {
        double[] losses = [0.9, 0.5, double.NaN, 0.5, 0.7];
        var run = Run("run", losses.Index().Select(one => FakeRun.Epoch(one.Index + 1) with { Val = FakeRun.Val(one.Item, 0.5) }));

        Assert.Equal(2, run.Best!.Epoch);
        Assert.Equal(5, run.Last!.Epoch);
        Assert.Equal(5 * 41.25, run.Seconds);
        Assert.Null(Empty.Best);
    }

    [Fact]
    public void Speed_is_the_mean_of_the_epochs_by_their_time()
    {
        var run = Run("run", [FakeRun.Epoch(1) with { Seconds = 10, PicturesPerSecond = 90 }, FakeRun.Epoch(2) with { Seconds = 30, PicturesPerSecond = 10 }]);

        Assert.Equal(30, run.PicturesPerSecond);
        Assert.True(double.IsNaN(Empty.PicturesPerSecond));
    }

    [Fact]
    public void Only_keys_that_differ_are_told_and_a_missing_one_differs()
    {
        var differences = new RunComparison([Shorter, Longer]).Differences;

        Assert.Equal(["stages.0.rate", "seed"], differences.Select(one => one.Key));
        Assert.Equal(["0.01", "0.001"], differences[0].Values);
        Assert.Equal([null, "2"], differences[1].Values);
    }

    [Fact]
    public void Figures_of_all_runs_are_listed_once_and_the_winners_are_those_that_have_them()
    {
        var comparison = new RunComparison([Shorter, Longer, Masks, Empty]);

        Assert.Equal(["logloss", "top1", "loss", "iou"], comparison.Metrics.Select(metric => metric.Name));
        Assert.Equal([Longer], comparison.Winners(Metric.LogLoss));
        Assert.Equal([Masks], comparison.Winners(Metric.Iou));
        Assert.Empty(comparison.Winners(Metric.Dice));
        Assert.Equal([Longer, Longer], new RunComparison([Longer, Longer]).Winners(Metric.Top1));
    }

    [Theory]
    [InlineData(ComparisonAxis.Epoch, 9, 3, 0.5)]
    [InlineData(ComparisonAxis.Step, 360, 120, 20)]
    [InlineData(ComparisonAxis.Minutes, 6.1875, 2.0625, 0.34375)]   // 41.25 s an epoch
    public void Curves_run_along_the_chosen_axis(ComparisonAxis axis, double length, double third, double atStep20)
    {
        var course = new ComparedCourse(Longer with { Steps = FakeRun.Steps() }, axis);

        Assert.Equal(length, course.Length, 1e-9);
        Assert.Equal(third, course.Figures(Metric.Top1).X[2], 1e-9);
        Assert.Equal(atStep20, course.Rates.X[19], 1e-9);
        Assert.Equal(length, course.Rates.X[^1], 1e-9);
    }

    [Fact]
    public void The_picture_has_a_panel_for_each_figure_and_bears_runs_without_any()
    {
        using var folder = new TemporaryFolder();

        ComparisonPlot.Save(folder.In("two.png"), new RunComparison([Shorter with { Steps = FakeRun.Steps() }, Longer]));
        ComparisonPlot.Save(folder.In("none.png"), new RunComparison([Empty, Empty with { Steps = [new StepRecord(1, 1, 0.1, double.NaN)] }]));

        Assert.Equal((ComparisonPlot.Width, 1400), PictureSizes.Of(folder.In("two.png")));   // 440, two of 320, 320
        Assert.Equal((ComparisonPlot.Width, 760), PictureSizes.Of(folder.In("none.png")));
    }

    [Fact]
    public void The_page_tells_winners_and_differences_and_names_cannot_become_part_of_it()
    {
        using var folder = new TemporaryFolder();

        ComparisonReport.Write(folder.Path, new RunComparison([Shorter with { Name = "<b>shorter" }, Longer, Empty]));

        var page = File.ReadAllText(folder.In("comparison.html"));
        Assert.Contains("<td>&lt;b&gt;shorter</td><td>3</td><td>3</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>82.0 % ★</td>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>stages.0.rate</td><td>0.01</td><td>0.001</td><td>–</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>shorter", page, StringComparison.Ordinal);
        Assert.Equal("run,folder,epochs,seconds,pictures_per_second,by,best_epoch,train_loss,logloss,top1", File.ReadLines(folder.In("comparison.csv")).First());
        Assert.Equal("empty,runs/empty,0,0,,logloss,,,,", File.ReadLines(folder.In("comparison.csv")).Last());
    }

    private static ComparedRun Run(string name, IEnumerable<EpochRecord> epochs, params (string Key, string Value)[] settings) => new()
    {
        Name = name,
        Folder = $"runs/{name}",
        Epochs = [.. epochs.Select(row => row with { Val = new MetricValues(row.Val.Where(pair => pair.Key != Metric.Top5).Select(pair => (pair.Key, pair.Value))) })],
        Settings = [.. settings.Select(one => KeyValuePair.Create(one.Key, one.Value))],
    };
}
