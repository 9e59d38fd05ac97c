using Altar.Metrics;

namespace Altar.Tests.Metrics;

public class ClassificationScoresTests
{
    private static readonly string[] Animals = ["cat", "dog", "emu"];

    // truth:     cat cat cat dog dog emu
    // guess:     cat cat dog dog cat dog
    private static readonly Prediction[] Six =
    [
        Guess(0, 0.8f, 0.1f, 0.1f),
        Guess(0, 0.5f, 0.4f, 0.1f),
        Guess(0, 0.2f, 0.7f, 0.1f),
        Guess(1, 0.1f, 0.9f, 0.0f),
        Guess(1, 0.6f, 0.3f, 0.1f),
        Guess(2, 0.2f, 0.5f, 0.3f),
    ];

    [Fact]
    public void Shares_and_log_loss_are_those_worked_by_hand()
    {
        var scores = ClassificationScores.From(Animals, Six);

        Assert.Equal(6, scores.Pictures);
        Assert.Equal(3.0 / 6, scores.Top1, 12);
        Assert.Equal(1.0, scores.Top5);   // three classes: the truth is always among min(5, 3) guesses
        var product = 0.8 * 0.5 * 0.2 * 0.9 * 0.3 * 0.3;
        Assert.Equal(-Math.Log(product) / 6, scores.LogLoss, 6);
    }

    [Fact]
    public void Precision_recall_and_f1_are_those_worked_by_hand()
    {
        var scores = ClassificationScores.From(Animals, Six);

        //                    support guessed correct
        Assert.Equal(new ClassScore("cat", 3, 3, 2), scores.PerClass[0]);
        Assert.Equal(new ClassScore("dog", 2, 3, 1), scores.PerClass[1]);
        Assert.Equal(new ClassScore("emu", 1, 0, 0), scores.PerClass[2]);
        Assert.Equal((2.0 / 3, 2.0 / 3, 2.0 / 3), (scores.PerClass[0].Precision, scores.PerClass[0].Recall, scores.PerClass[0].F1));
        Assert.Equal((1.0 / 3, 1.0 / 2, 2.0 / 5), (scores.PerClass[1].Precision, scores.PerClass[1].Recall, scores.PerClass[1].F1));
        Assert.True(double.IsNaN(scores.PerClass[2].Precision));
        Assert.Equal(((2.0 / 3) + (2.0 / 5) + 0) / 3, scores.MacroF1, 12);
    }

    [Fact]
    public void Confusion_has_the_truth_in_rows_and_lists_its_worst_pairs()
    {
        var confusion = ClassificationScores.From(Animals, Six).Confusion;

        Assert.Equal((2L, 1L, 0L), (confusion[0, 0], confusion[0, 1], confusion[0, 2]));
        Assert.Equal((1L, 1L, 0L), (confusion[1, 0], confusion[1, 1], confusion[1, 2]));
        Assert.Equal((0L, 1L, 0L), (confusion[2, 0], confusion[2, 1], confusion[2, 2]));
        Assert.Equal(
            [new ConfusedPair(0, 1, 1, 1.0 / 3), new ConfusedPair(1, 0, 1, 1.0 / 2)],
            confusion.WorstPairs(2));
    }

    [Fact]
    public void Calibration_error_weighs_the_gap_of_each_bin_by_its_pictures()
    {
        // Two guesses at 0.8, one of them right: the gap is 0.3. Two at 0.6, both right: the gap is 0.4.
        Prediction[] four = [Guess(0, 0.8f, 0.2f), Guess(1, 0.8f, 0.2f), Guess(0, 0.6f, 0.4f), Guess(0, 0.6f, 0.4f)];

        Assert.Equal(((2 * 0.3) + (2 * 0.4)) / 4, ClassificationScores.From(["a", "b"], four).CalibrationError, 6);
    }

    [Fact]
    public void Top5_counts_the_truth_among_five_of_many()
    {
        var names = Enumerable.Range(0, 8).Select(k => $"class {k}").ToList();
        float[] falling = [0.3f, 0.2f, 0.15f, 0.12f, 0.1f, 0.08f, 0.04f, 0.01f];
        Prediction[] all = [.. Enumerable.Range(0, 8).Select(label => new Prediction("x", label, falling))];

        var scores = ClassificationScores.From(names, all);

        Assert.Equal((1.0 / 8, 5.0 / 8), (scores.Top1, scores.Top5));
    }

    [Fact]
    public void A_certain_error_costs_the_clipped_probability()
    {
        var scores = ClassificationScores.From(["a", "b"], [Guess(1, 1, 0)]);

        Assert.Equal(-Math.Log(1e-15), scores.LogLoss, 9);
    }

    [Fact]
    public void No_pictures_give_no_numbers()
    {
        var scores = ClassificationScores.From(Animals, []);

        Assert.Equal(0, scores.Pictures);
        Assert.All([scores.Top1, scores.Top5, scores.LogLoss, scores.MacroF1, scores.CalibrationError], value => Assert.True(double.IsNaN(value)));
        Assert.Equal(new Interval(0, 1), scores.Top1Interval);
        Assert.Empty(scores.Confusion.WorstPairs(5));
    }

    [Fact]
    public void Thousands_of_classes_cost_what_occurs()
    {
        string[] classes = [.. Enumerable.Range(0, 4000).Select(number => $"class {number}")];
        var tally = new ClassificationTally(classes);
        var probabilities = new float[4000];
        probabilities[3999] = 0.75f;
        probabilities[7] = 0.25f;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) tally.Add(i % 4 == 0 ? 3999 : 7, probabilities);

        var scores = tally.Scores();

        Assert.Equal([new ConfusedPair(7, 3999, 75, 1)], scores.Confusion.WorstPairs(20));
        Assert.Equal((0.25, 1.0), (scores.Top1, scores.Top5));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);   // 4000 x 4000 counts are 128 MB
    }

    [Fact]
    public void With_one_class_every_guess_is_right()
    {
        var scores = ClassificationScores.From(["only"], [Guess(0, 1), Guess(0, 1)]);

        Assert.Equal((1.0, 1.0, 0.0, 1.0, 0.0), (scores.Top1, scores.Top5, scores.LogLoss, scores.MacroF1, scores.CalibrationError));
    }

    [Fact]
    public void Pictures_without_a_label_are_passed_over() =>
        Assert.Equal(1, ClassificationScores.From(["a", "b"], [Guess(-1, 0.5f, 0.5f), Guess(0, 0.9f, 0.1f)]).Pictures);

    [Fact]
    public void A_network_that_says_NaN_has_no_log_loss() =>
        Assert.True(double.IsNaN(ClassificationScores.From(["a", "b"], [Guess(0, float.NaN, float.NaN)]).LogLoss));

    [Fact]
    public void A_prediction_with_another_number_of_classes_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassificationScores.From(Animals, [Guess(0, 0.5f, 0.5f)]));

    private static Prediction Guess(int label, params float[] probabilities) => new("x.jpg", label, probabilities);
}
