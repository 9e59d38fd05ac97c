using System.Globalization;
using Altar.Reports;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Tests.Reports;

public class MetricsFileTests
{
    private static readonly EpochRecord First = FakeRun.Epoch(1) with { Stage = "head, \"warm\"", TrainLoss = 0.1 + 0.2, Val = FakeRun.Val(double.NaN, 0.1 + 0.2) };

    [Fact]
    public void What_is_read_back_has_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        using (var file = MetricsFile.Open(folder.Path, ClassificationTask.Judgement))
        {
            file.Add(new StepRecord(1, 1, 1e-7, 1.0 / 3));
            file.Add(First);
        }

        Assert.Equal([First], MetricsFile.ReadEpochs(folder.In("metrics.csv")));
        Assert.Equal([new StepRecord(1, 1, 1e-7, 1.0 / 3)], MetricsFile.ReadSteps(folder.In("steps.csv")));
    }

    [Fact]
    public void Numbers_have_a_decimal_point_in_a_land_of_commas()
    {
        using var folder = new TemporaryFolder();
        var before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NegativeSign = "minus";
        CultureInfo.CurrentCulture = commas;
        try
        {
            using (var file = MetricsFile.Open(folder.Path, ClassificationTask.Judgement)) file.Add(new StepRecord(1, 1, 0.5, -1.25));

            Assert.Equal("step,epoch,rate,loss\n1,1,0.5,-1.25\n", File.ReadAllText(folder.In("steps.csv")));
            Assert.Equal(-1.25, MetricsFile.ReadSteps(folder.In("steps.csv"))[0].Loss);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_resumed_run_drops_the_rows_it_will_do_again()
    {
        using var folder = new TemporaryFolder();
        using (var file = MetricsFile.Open(folder.Path, ClassificationTask.Judgement))
        {
            foreach (var step in FakeRun.Steps()) file.Add(step);
            foreach (var epoch in FakeRun.Epochs()) file.Add(epoch);
        }

        using (var file = MetricsFile.Open(folder.Path, ClassificationTask.Judgement, throughStep: 90)) file.Add(new StepRecord(91, 3, 0.1, 0.2));

        Assert.Equal([1, 2], MetricsFile.ReadEpochs(folder.In("metrics.csv")).Select(row => row.Epoch));   // they end at steps 40 and 80
        Assert.Equal(Enumerable.Range(1, 91), MetricsFile.ReadSteps(folder.In("steps.csv")).Select(row => row.Step));
    }

    [Fact]
    public void A_new_run_starts_with_empty_files()
    {
        using var folder = new TemporaryFolder();
        using (var file = MetricsFile.Open(folder.Path, ClassificationTask.Judgement)) file.Add(First);
        using (MetricsFile.Open(folder.Path, ClassificationTask.Judgement))
        {
        }

        Assert.Empty(MetricsFile.ReadEpochs(folder.In("metrics.csv")));
    }

    [Fact]
    public void An_unfinished_last_line_is_passed_over()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("steps.csv"), "step,epoch,rate,loss\n1,1,0.5,1.5\n2,1,0.5,1.");

        Assert.Single(MetricsFile.ReadSteps(folder.In("steps.csv")));
    }

    [Fact]
    public void A_damaged_line_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("steps.csv"), "step,epoch,rate,loss\n1,1,0.5,1.5\n2,1,fast,1.4\n");

        var error = Assert.Throws<BadInputException>(() => MetricsFile.ReadSteps(folder.In("steps.csv")));

        Assert.Contains("steps.csv, line 3: '2,1,fast,1.4'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_can_be_read_while_the_run_goes_on()
    {
        using var folder = new TemporaryFolder();
        using var file = MetricsFile.Open(folder.Path, ClassificationTask.Judgement);
        file.Add(new StepRecord(1, 1, 0.5, 1.5));

        Assert.Single(MetricsFile.ReadSteps(folder.In("steps.csv")));
    }

    [Fact]
    public void No_file_has_no_rows() => Assert.Empty(MetricsFile.ReadEpochs("there-is-no-such-folder/metrics.csv"));
}
