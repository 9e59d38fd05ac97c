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
