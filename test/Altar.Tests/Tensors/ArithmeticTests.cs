using Altar.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Tests.Tensors;

public sealed class ArithmeticTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void New_tensors_leave_their_sources_as_they_are()
    {
        var (left, right) = (Of(1, 2), Of(10, 20));

        Assert.Equal([11, 22], Numbers(left.Plus(right)));
        Assert.Equal([6, 12], Numbers(left.Plus(right, 0.5)));
        Assert.Equal([1, 2], Numbers(left));
    }

    [Fact]
    public void Changes_in_place_return_what_they_changed()
    {
        var target = Of(1, 2);

        Assert.Same(target, target.AddInPlace(Of(10, 20)));                          // 11, 22
        Assert.Same(target, target.AddInPlace(Of(2, 4), -0.5));                      // 10, 20
        Assert.Same(target, target.AddInPlace(2.0));                                 // 12, 22
        Assert.Same(target, target.MultiplyInPlace(0.5));                            // 6, 11
        Assert.Same(target, target.DivideInPlace(0.25));                             // 24, 44
        Assert.Same(target, target.AddProductInPlace(Of(1, 2), Of(3, 4), 2));        // 30, 60
        Assert.Same(target, target.AddQuotientInPlace(Of(6, 8), Of(3, 2), -1));      // 28, 56

        Assert.Equal([28, 56], Numbers(target));
    }

    [Fact]
    public void A_counter_of_whole_numbers_counts()
    {
        var counter = zeros([], ScalarType.Int64);

        counter.CountInPlace().CountInPlace();

        Assert.Equal(2, counter.item<long>());
    }

    private static Tensor Of(params float[] numbers) => tensor(numbers);

    private static float[] Numbers(Tensor tensor) => tensor.data<float>().ToArray();
}
