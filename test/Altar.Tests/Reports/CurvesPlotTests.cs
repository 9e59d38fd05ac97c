using Altar.Metrics;
using Altar.Reports;

namespace Altar.Tests.Reports;

public class CurvesPlotTests
{
    [Fact]
    public void A_run_is_one_picture_of_the_promised_size()
    {
        using var folder = new TemporaryFolder();

        CurvesPlot.Save(folder.In("curves.png"), FakeRun.Epochs(), FakeRun.Steps(), FakeRun.Stages);

        Assert.Equal((1400, 1952), PictureSizes.Of(folder.In("curves.png")));
    }

    [Theory]
    [InlineData(0, 0)]      // nothing yet
    [InlineData(0, 25)]     // within the first epoch
    [InlineData(1, 40)]
    [InlineData(3, 130)]    // within the fourth
    public void A_run_at_its_start_can_be_drawn_too(int epochs, int steps)
    {
        using var folder = new TemporaryFolder();

        CurvesPlot.Save(folder.In("curves.png"), [.. FakeRun.Epochs().Take(epochs)], [.. FakeRun.Steps().Take(steps)], []);

        Assert.Equal((1400, 1952), PictureSizes.Of(folder.In("curves.png")));
    }

    [Fact]
    public void A_diverged_run_can_be_drawn_too()
    {
        using var folder = new TemporaryFolder();
        var epochs = FakeRun.Epochs().Select(row => row.Epoch < 5 ? row : row with { TrainLoss = double.NaN, Val = FakeRun.Val(double.PositiveInfinity, 0.5) });
        var steps = FakeRun.Steps().Select(row => row.Epoch < 5 ? row : row with { Loss = double.NaN });

        CurvesPlot.Save(folder.In("curves.png"), [.. epochs], [.. steps], FakeRun.Stages);

        Assert.Equal((1400, 1952), PictureSizes.Of(folder.In("curves.png")));
    }

    [Fact]
    public void Cycles_snapshots_and_norms_are_drawn()
    {
        using var folder = new TemporaryFolder();
        CurvesPlot.Save(folder.In("plain.png"), FakeRun.Epochs(), FakeRun.Steps(), FakeRun.Stages);

        CurvesPlot.Save(folder.In("curves.png"), FakeRun.Epochs(), FakeRun.Steps(), FakeRun.Stages, marks: [new CourseMark(180), new CourseMark(280, "snapshot 1")], norms: [.. Enumerable.Range(0, 36).Select(i => new NormRecord((10 * i) + 1, 3.0 / (i + 1), 40))]);

        Assert.Equal((1400, 1952), PictureSizes.Of(folder.In("curves.png")));
        Assert.NotEqual(File.ReadAllBytes(folder.In("plain.png")), File.ReadAllBytes(folder.In("curves.png")));
    }

    [Fact]
    public void Steps_lie_on_the_axis_of_epochs_also_in_the_epoch_at_work()
    {
        var course = new RunCourse([FakeRun.Epoch(1), FakeRun.Epoch(2)], [.. FakeRun.Steps().Take(100)], [], Metric.LogLoss);

        Assert.Equal([0.5, 1.0, 1.5, 2.0, 2.5], Enumerable.Range(1, 5).Select(i => course.At(i * 20)));
        Assert.Equal(2.5, course.Length);
    }

    [Fact]
    public void Stages_are_those_that_ended_and_the_one_at_work()
    {
        var bands = StageBand.Of([.. FakeRun.Stages.Take(2)], FakeRun.Epochs());

        Assert.Equal([new("head", 0, 2), new("everything, hard", 2, 7), new("calm", 7, 9)], bands);
    }

    [Fact]
    public void Best_epoch_is_that_of_the_metric_asked_for()
    {
        var epochs = new[] { FakeRun.Epoch(1) with { Val = FakeRun.Val(0.5, 0.8) }, FakeRun.Epoch(2) with { Val = FakeRun.Val(0.4, 0.7) } };

        Assert.Equal(2, new RunCourse(epochs, [], [], Metric.LogLoss).Best!.Epoch);
        Assert.Equal(1, new RunCourse(epochs, [], [], Metric.Top1).Best!.Epoch);
    }
}
