using Altar.Training;
using Altar.Training.Optimizers;
using Altar.Training.Tricks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Tests.Training.Tricks;

public class GradientClipTests
{
    [Fact]
    public void The_norm_is_taken_over_all_gradients_together()
    {
        using var scope = NewDisposeScope();
        Tensor[] gradients = [tensor(new[] { 3f, 0f }), tensor(new[] { 0f, 4f })];   // norm 5

        GradientClip.ByNorm(gradients, 1);

        Assert.Equal([0.6f, 0], gradients[0].data<float>().ToArray(), Close);
        Assert.Equal([0, 0.8f], gradients[1].data<float>().ToArray(), Close);
    }

    [Fact]
    public void A_smaller_norm_stays_as_it_is()
    {
        using var scope = NewDisposeScope();
        Tensor[] gradients = [tensor(new[] { 3f, 4f })];

        GradientClip.ByNorm(gradients, 6);

        Assert.Equal([3f, 4f], gradients[0].data<float>().ToArray());
    }

    [Fact]
    public void Each_unit_is_held_against_its_own_weights()
    {
        using var scope = NewDisposeScope();
        var weight = tensor(new[,] { { 3f, 4f }, { 0f, 1f } });      // norms 5 and 1
        var gradient = tensor(new[,] { { 0.3f, 0.4f }, { 0f, 1f } });   // norms 0.5 and 1

        GradientClip.ByUnit(weight, gradient, ratio: 0.2);

        // 0.5 is below 0.2 * 5; 1 is brought down to 0.2 * 1.
        Assert.Equal([0.3f, 0.4f, 0, 0.2f], gradient.data<float>().ToArray(), Close);
    }

    [Fact]
    public void A_unit_of_zeros_may_still_move()
    {
        using var scope = NewDisposeScope();
        var gradient = tensor(new[,] { { 1f, 0f } });

        GradientClip.ByUnit(zeros(1, 2), gradient, ratio: 0.1);

        Assert.Equal([1e-4f, 0], gradient.data<float>().ToArray(), Close);   // 0.1 * the least norm of 1e-3
    }

    [Fact]
    public void Values_and_the_head_are_treated_as_the_options_say()
    {
        var (trunk, head) = (Weight("trunk", isHead: false), Weight("head", isHead: true));

        GradientClip.Apply([trunk, head], new ClipOptions { Adaptive = 0.1 });
        Assert.Equal([0.06f, 0.08f], trunk.Weight.grad!.data<float>().ToArray(), Close);   // 0.1 * 1
        Assert.Equal([6f, 8f], head.Weight.grad!.data<float>().ToArray());

        GradientClip.Apply([trunk, head], new ClipOptions { Value = 7 });
        Assert.Equal([6f, 7f], head.Weight.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Norms_are_those_of_what_has_a_gradient()
    {
        var (moved, resting) = (Weight("moved", isHead: false), Weight("resting", isHead: false));
        resting.Weight.grad = null;

        Assert.Equal(new StepNorms(Gradient: 10, Weight: 1), GradientClip.Norms([moved, resting]));
        Assert.Equal(default, GradientClip.Norms([resting]));
    }

    // Weights of norm 1, gradients of norm 10.
    private static LearningParameter Weight(string name, bool isHead)
    {
        var weight = new Parameter(tensor(new[] { 0.6f, 0.8f }), requires_grad: true) { grad = tensor(new[] { 6f, 8f }) };
        return new LearningParameter(name, weight, 0) { IsHead = isHead };
    }

    private static bool Close(float one, float other) => Math.Abs(one - other) < 1e-5;
}
