using Altar.Networks;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Optimizers;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Tests.Training;

/// <summary>Steps in 16 bits beside the same steps in 32.</summary>
public class PrecisionTests
{
    // Of the length of the move: bfloat16 has 8 bits, so that each product errs by up to 0.4 %, and errors add up over the layers.
    private const double MostDifference = 0.1;

    [Fact]
    public void A_step_in_bfloat16_moves_the_weights_as_one_in_floats_does()
    {
        SkipWithoutAutocast();
        var (before, exact) = Step(Precision.Fp32);
        var (_, rounded) = Step(Precision.Bf16);

        var move = Length(before.Zip(exact, (from, to) => to - from));
        var difference = Length(exact.Zip(rounded, (one, other) => one - other));

        Assert.True(difference > 0, "the same numbers: nothing was computed in 16 bits");
        Assert.True(difference < MostDifference * move, $"{difference / move:0.0000} of the move");
    }

    [Fact]
    public void Weights_and_gradients_stay_floats()
    {
        SkipWithoutAutocast();
        using var network = TinyNetwork.Create();
        var learning = LearningParts.Choose(network, new Stage());
        using var optimizer = new Sgd(learning, 0.9, nesterov: false);
        using var images = randn(8, 3, 8, 8);
        using var labels = zeros(8, ScalarType.Int64);
        network.train();

        var result = new TrainStep(network, Objective(), optimizer, headOnly: false, new StepOptions { Precision = Precision.Bf16 }).Run(images, labels, 0.1, new Seed(1));

        Assert.True(double.IsFinite(result.Loss));
        Assert.All(learning, parameter => Assert.Equal((ScalarType.Float32, ScalarType.Float32), (parameter.Weight.dtype, parameter.Weight.grad!.dtype)));
    }

    [Fact]
    public void Steps_in_bfloat16_leave_no_tensor_behind()
    {
        SkipWithoutAutocast();
        using var network = TinyNetwork.Create();
        using var optimizer = new Sgd(LearningParts.Choose(network, new Stage()), 0.9, nesterov: false);
        using var images = randn(8, 3, 8, 8);
        using var labels = zeros(8, ScalarType.Int64);
        network.train();
        var step = new TrainStep(network, Objective(), optimizer, headOnly: false, new StepOptions { Precision = Precision.Bf16, MicroBatch = 4 });
        step.Run(images, labels, 0.1, new Seed(1));
        var counted = Tensor.TotalCount;

        for (var i = 0; i < 20; i++) step.Run(images, labels, 0.1, new Seed(1));

        Assert.Equal(counted, Tensor.TotalCount);
    }

    [Fact]
    public void A_scaled_loss_moves_the_weights_by_the_same_bits()
    {
        using var scale = new LossScale();

        Assert.Equal(Step(Precision.Fp32).After, Step(Precision.Fp32, scale).After);
        Assert.Equal(65536, scale.Value);
    }

    [Fact]
    public void Gradients_that_overflow_move_nothing_and_halve_the_scale()
    {
        using var scale = new LossScale();
        var (before, after) = Step(Precision.Fp32, scale, brightness: 3e37f);   // the products of such pictures are infinite

        Assert.Equal(before, after);
        Assert.Equal(32768, scale.Value);
    }

    [Fact]
    public void After_two_thousand_good_steps_the_scale_doubles_also_when_it_was_saved_on_the_way()
    {
        using var weight = new TorchSharp.Modules.Parameter(ones(1));
        LearningParameter[] learning = [new("weight", weight, 0)];
        using var first = new LossScale();
        using var second = new LossScale();
        for (var step = 0; step < 1500; step++) Assert.True(first.Unscale(learning));
        second.Restore(first.Memory, CPU);
        for (var step = 1500; step < 1999; step++) second.Unscale(learning);

        Assert.Equal(65536, second.Value);
        second.Unscale(learning);
        Assert.Equal(131072, second.Value);
    }

    private static (float[] Before, float[] After) Step(Precision precision, LossScale? scale = null, float brightness = 1)
    {
        new Seed(5).ApplyToTorch();
        using var network = NetworkCatalog.Create("resnet18", 10);
        using var images = randn(4, 3, 64, 64).mul_(tensor(brightness));
        using var labels = tensor(new[] { 0L, 3L, 7L, 9L });
        using var optimizer = new Sgd(LearningParts.Choose(network, new Stage { Learns = "layer4" }), 0, nesterov: false);
        ModuleModes.Train(network, new Stage { Norm = NormPolicy.Frozen });
        var before = Numbers(optimizer);
        new TrainStep(network, Objective(), optimizer, headOnly: false, new StepOptions { Precision = precision }, scale).Run(images, labels, 0.1, new Seed(1));
        return (before, Numbers(optimizer));
    }

    private static IObjective Objective() => new ClassificationTask(["a", "b"]).ObjectiveOf(new Stage());

    private static float[] Numbers(StageOptimizer optimizer) => [.. optimizer.Parameters.SelectMany(parameter =>
    {
        using var plain = parameter.Weight.detach().contiguous();
        return plain.data<float>().ToArray();
    })];

    private static double Length(IEnumerable<float> numbers) => Math.Sqrt(numbers.Sum(number => (double)number * number));

    private static void SkipWithoutAutocast()
    {
        if (!Autocast.IsAvailable) Assert.Skip("libtorch for Linux is needed: its functions are called by their names there.");
    }
}
