using Altar.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Two 3x3 convolutions, each with its norm, where the plan has one, and its activation.</summary>
internal sealed class DoubleConvolution : nn.Module<Tensor, Tensor>
{
    // The field's name is the key of the weights file.
    private readonly Sequential double_conv;
    private readonly nn.Module<Tensor, Tensor>[] _layers;
    private readonly double _slope;

    public DoubleConvolution(UNetPlan plan, long inputs, long middle, long outputs) : base(nameof(DoubleConvolution))
    {
        _slope = plan.Slope;
        _layers = [.. Half(plan, inputs, middle), .. Half(plan, middle, outputs)];
        double_conv = nn.Sequential(_layers);
        register_module(nameof(double_conv), double_conv);
    }

    public override Tensor forward(Tensor input)                                     // [N, I, H, W]
    {
        using var scope = NewDisposeScope();
        var map = input;
        foreach (var layer in _layers)
        {
            var next = layer is Identity ? Activate(map) : layer.call(map);
            if (!ReferenceEquals(map, input) && !ReferenceEquals(map, next)) map.Dispose();
            map = next;
        }

        return map.MoveToOuterDisposeScope();                                        // [N, O, H, W]
    }

    private Tensor Activate(Tensor map) => _slope == 0 ? map.relu_() : map.LeakInPlace(_slope);

    // The Identity keeps the activation's place in the names.
    private static IEnumerable<nn.Module<Tensor, Tensor>> Half(UNetPlan plan, long inputs, long outputs)
    {
        var convolution = nn.Conv2d(inputs, outputs, 3, padding: 1, bias: plan.HasBias);
        nn.init.normal_(convolution.weight, 0, Math.Sqrt(2.0 / (9 * inputs)));       // section 3 of the paper
        if (convolution.bias is { } shift) nn.init.zeros_(shift);
        yield return convolution;
        if (plan.IsNormalised) yield return new BatchNorm(outputs);
        yield return nn.Identity();
    }
}
