using Altar.Datasets;
using Altar.Inference;
using Altar.Recipes;
using Altar.Recipes.Folds;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Tests.Recipes.Folds;

public sealed class FoldsRunTests : IDisposable
{
    private readonly StripedFolder _pictures = new(train: 24, val: 6);

    private string Out => Path.Combine(_pictures.Home, "folds");

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Every_picture_is_judged_once_by_a_network_that_did_not_see_it_and_the_folds_are_an_ensemble()
    {
        var result = Execute(folds: 3, resume: false);

        Assert.Equal(24, result.Scores!.Pictures);
        Assert.Equal([8L, 8, 8], result.Folds.Select(fold => fold.Scores.Pictures));
        var rows = CsvReader.Read(Path.Combine(Out, "predictions.csv")).Select(row => row.Fields).ToList();
        Assert.Equal(["image", "fold", "truth", "label", "probability", "level", "upright"], rows[0]);
        Assert.Equal(24, rows.Skip(1).Select(row => row[0]).Distinct().Count());
        Assert.All(rows.Skip(1), row => Assert.Contains($"/{row[2]}/", row[0], StringComparison.Ordinal));
        Assert.All(rows.Skip(1), row => Assert.DoesNotContain(row[0], File.ReadAllText(Path.Combine(Out, "split", $"train-{row[1]}.csv")), StringComparison.Ordinal));

        using var predictor = Predictor.Open(Out, "cpu");
        Assert.Equal(3, predictor.Members.Count);
    }

    [Fact]
    public void Stopped_folds_go_on_to_the_same_predictions()
    {
        Execute(folds: 2, resume: false);
        var whole = File.ReadAllText(Path.Combine(Out, "predictions.csv"));
        Directory.Delete(Out, recursive: true);

        using var cancel = new CancellationTokenSource();
        var first = Execute(folds: 2, resume: false, new StopInFold2(cancel), cancel.Token);
        var second = Execute(folds: 2, resume: true);

        Assert.True(first.Interrupted);
        Assert.Single(first.Folds);
        Assert.False(second.Interrupted);
        Assert.Equal(whole, File.ReadAllText(Path.Combine(Out, "predictions.csv")));
    }

    [Fact]
    public void Other_folds_cannot_go_on_in_the_same_folder()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Directory.CreateDirectory(Path.Combine(Out, "split"));
        File.WriteAllText(Path.Combine(Out, "split", "train-1.csv"), "image,label\n");

        Assert.Contains("another seed or another number of folds", Assert.Throws<BadInputException>(() => Execute(folds: 2, resume: true, cancel: cancelled.Token)).Message, StringComparison.Ordinal);
        Assert.Contains("at least 2 are needed", Assert.Throws<BadInputException>(() => Execute(folds: 1, resume: true)).Message, StringComparison.Ordinal);
    }

    private FoldsResult Execute(int folds, bool resume, IProgress<TrainingEvent>? progress = null, CancellationToken cancel = default) => FoldsRun.Execute(
        RecipeFile.Parse($$"""
            name: stripes
            data: {train: {{_pictures.Train}}, size: 32}
            model: {name: resnet20_cifar, weights: none}
            stages: [{epochs: 1, batch: 8, rate: 0.01}]
            """, "stripes.yaml"),
        new FoldsOptions { Folds = folds, Folder = Out, Resume = resume, Device = "cpu" }, progress ?? new Nobody(), cancel);

    private sealed class Nobody : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
        }
    }

    private sealed class StopInFold2(CancellationTokenSource cancel) : IProgress<TrainingEvent>
    {
        private bool _isSecond;

        public void Report(TrainingEvent value)
        {
            _isSecond |= value is TrainingEvent.Note { Text: "Fold 2 of 2." };
            if (_isSecond && value is TrainingEvent.StepDone) cancel.Cancel();
        }
    }
}
