using Altar.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Tests.Training.Optimizers;

public class OptimizerTests
{
    [Theory]
    [InlineData(0.0, false, 0.0)]
    [InlineData(0.9, false, 0.01)]
    [InlineData(0.9, true, 0.01)]
    public void Sgd_moves_weights_as_PyTorch_does(double momentum, bool nesterov, double decay)
    {
        var theirs = Weight();
        var ours = Weight();
        using var reference = optim.SGD([theirs], 0.1, momentum, weight_decay: decay, nesterov: nesterov);
        using var optimizer = new Sgd([new LearningParameter("w", ours, decay)], momentum, nesterov);

        AssertSamePath(theirs, reference, ours, optimizer, 0.1);
    }

    [Fact]
    public void AdamW_moves_weights_as_PyTorch_does()
    {
        var theirs = Weight();
        var ours = Weight();
        using var reference = optim.AdamW([theirs], lr: 0.1, weight_decay: 0.01);
        using var optimizer = new Altar.Training.Optimizers.AdamW([new LearningParameter("w", ours, 0.01)]);

        AssertSamePath(theirs, reference, ours, optimizer, 0.1);
    }

    [Fact]
    public void Lion_moves_every_weight_by_the_rate_in_the_direction_of_its_mean()
    {
        var weight = new Parameter(tensor(new[] { 1f, 1f }), requires_grad: true);
        using var optimizer = new Lion([new LearningParameter("w", weight, Decay: 0.5)]);

        // First step: the mean is 0, so the gradient's sign decides; the weights shrink by 0.1 * 0.5 first.
        weight.grad = tensor(new[] { 2f, -4f });
        optimizer.Step(0.1);
        Assert.Equal([0.85f, 1.05f], weight.data<float>().ToArray(), Close);
        Assert.Equal([0.02f, -0.04f], optimizer.Memory["mean/w"].data<float>().ToArray(), Close);   // 0.01 of the gradient

        // Second: 0.9 * 0.02 + 0.1 * -0.1 = 0.008 still points up, 0.9 * -0.04 + 0.1 * 1 = 0.064 has turned.
        weight.grad = tensor(new[] { -0.1f, 1f });
        optimizer.Step(0.1);
        Assert.Equal([(0.85f * 0.95f) - 0.1f, (1.05f * 0.95f) - 0.1f], weight.data<float>().ToArray(), Close);
        Assert.Equal([0.0188f, -0.0296f], optimizer.Memory["mean/w"].data<float>().ToArray(), Close);
    }

    [Fact]
    public void A_weight_has_its_share_of_the_rate_and_rests_until_it_joins()
    {
        var (half, late) = (Weight(), Weight());
        using var optimizer = new Sgd([new LearningParameter("half", half, 0) { RateFactor = 0.5 }, new LearningParameter("late", late, 0) { JoinsAfter = 1 }], momentum: 0, nesterov: false);

        for (var step = 0; step < 2; step++)
        {
            (half.grad, late.grad) = (ones(3), ones(3));
            optimizer.Step(0.1);
        }

        Assert.Equal([0.9f, -2.1f, 2.9f], half.data<float>().ToArray(), Close);   // two steps of 0.05
        Assert.Equal([0.9f, -2.1f, 2.9f], late.data<float>().ToArray(), Close);   // one step of 0.1
    }

    // Its moments are as young as it is: without that the first moves were too small by a factor of three.
    [Fact]
    public void A_weight_that_joins_AdamW_later_moves_as_if_it_were_the_first_step()
    {
        var (first, late) = (Weight(), Weight());
        using var early = new Altar.Training.Optimizers.AdamW([new LearningParameter("w", first, 0)]);
        using var later = new Altar.Training.Optimizers.AdamW([new LearningParameter("w", late, 0) { JoinsAfter = 3 }]);

        Step(first, () => early.Step(0.1));
        for (var step = 0; step < 4; step++) Step(late, () => later.Step(0.1));

        Assert.Equal(first.data<float>().ToArray(), late.data<float>().ToArray());
    }

    [Fact]
    public void Steps_leave_only_the_memory_behind()
    {
        using var weight = Weight();
        using var optimizer = new Altar.Training.Optimizers.AdamW([new LearningParameter("w", weight, 0.01)]);
        Step(weight, () => optimizer.Step(0.1));
        var before = Tensor.TotalCount;

        for (var i = 0; i < 20; i++) Step(weight, () => optimizer.Step(0.1));

        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal(["mean/w", "square/w"], optimizer.Memory.Keys.Order());
    }

    private static bool Close(float one, float other) => Math.Abs(one - other) < 1e-6;

    private static Parameter Weight() => new(tensor(new[] { 1f, -2f, 3f }), requires_grad: true);

    private static void AssertSamePath(Parameter theirs, optim.Optimizer reference, Parameter ours, StageOptimizer optimizer, double rate)
    {
        for (var i = 0; i < 5; i++)
        {
            Step(theirs, () => reference.step());
            Step(ours, () => optimizer.Step(rate));
        }

        Assert.Equal(5, optimizer.Steps);
        Assert.Equal(theirs.data<float>().ToArray(), ours.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    // Loss: sum of w^3, so that the gradient changes with the weight.
    private static void Step(Parameter weight, Action move)
    {
        using var scope = NewDisposeScope();
        weight.grad = null;
        weight.pow(3).sum().backward();
        move();
    }
}
