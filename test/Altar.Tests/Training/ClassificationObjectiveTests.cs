using Altar.Tensors;
using Altar.Training;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Tests.Training;

public class ClassificationObjectiveTests
{
    private static readonly double Surprise = Math.Log(4);   // -ln 1/4, and the truth has 1/4 of two logits 0 and ln 3

    [Fact]
    public void Focal_loss_turns_down_what_is_easy()
    {
        // (1 - 1/4)^2 * ln 4 for the first sample; the second has 3/4: (1 - 3/4)^2 * ln 4/3.
        var hard = 0.5625 * Surprise;
        var easy = 0.0625 * Math.Log(4.0 / 3);

        Assert.Equal([hard, easy], Each(new Stage { Loss = Named("focal", 1) }), Close);
        Assert.Equal((hard + easy) / 2, Mean(new Stage { Loss = Named("focal", 1) }), 1e-6);
    }

    [Fact]
    public void Losses_are_summed_by_their_weights()
    {
        var stage = new Stage { Loss = new Dictionary<string, double> { ["cross_entropy"] = 0.5, ["focal"] = 2 } };

        Assert.Equal(0.5 * Mean(new Stage()) + 2 * Mean(new Stage { Loss = Named("focal", 1) }), Mean(stage), 1e-6);
    }

    [Fact]
    public void Smoothing_shares_the_target_among_all_classes()
    {
        // 0.9 of the label and 0.1 / 2 of both: 0.95 ln 4 + 0.05 ln 4/3, and the other way round.
        Assert.Equal([0.95 * Surprise + 0.05 * Math.Log(4.0 / 3), 0.95 * Math.Log(4.0 / 3) + 0.05 * Surprise], Each(new Stage { LabelSmoothing = 0.1 }), Close);
    }

    [Theory]
    [InlineData(ClassWeighting.Inverse)]
    [InlineData(ClassWeighting.Effective)]
    public void A_rare_class_counts_more(ClassWeighting weights)
    {
        var stage = new Stage { ClassWeights = weights };

        // Class 0 has three labels, class 1 one: 1/3 and 1, scaled to the mean 1, are 0.5 and 1.5. Both kinds agree for so few.
        Assert.Equal([0.5 * Surprise, 1.5 * Math.Log(4.0 / 3)], Each(stage, labels: [0, 0, 0, 1]), (one, other) => Math.Abs(one - other) < 2e-3);
    }

    [Fact]
    public void Class_weights_without_labels_are_refused()
    {
        var error = Assert.Throws<BadInputException>(() => new ClassificationTask(["a", "b"]).ObjectiveOf(new Stage { Name = "all", ClassWeights = ClassWeighting.Inverse }));

        Assert.Equal("stage 'all': class_weights: the labels of the training pictures are not known; remove the key.", error.Message);
    }

    private static Dictionary<string, double> Named(string loss, double weight) => new() { [loss] = weight };

    // Two pictures of class 0 and 1; for both the network says 1/4 and 3/4.
    private static double[] Each(Stage stage, int[]? labels = null) => Numbers(objective => objective.Each, stage, labels);

    private static double Mean(Stage stage) => Numbers(objective => objective.Mean, stage, null)[0];

    private static double[] Numbers(Func<IObjective, Func<Tensor, Tensor, Tensor>> loss, Stage stage, int[]? labels)
    {
        using var scope = NewDisposeScope();
        var output = tensor(new[,] { { 0f, MathF.Log(3) }, { 0f, MathF.Log(3) } });
        return [.. loss(new ClassificationTask(["a", "b"], labels).ObjectiveOf(stage))(output, tensor(new[] { 0L, 1L })).reshape(-1).data<float>().ToArray().Select(number => (double)number)];
    }

    private static bool Close(double one, double other) => Math.Abs(one - other) < 1e-6;
}
