using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>A step down: pooling, then two convolutions.</summary>
internal sealed class UNetDown : nn.Module<Tensor, Tensor>
{
    // The field's name is the key of the weights file.
    private readonly Sequential maxpool_conv;

    public UNetDown(UNetPlan plan, long inputs, long outputs, int factor) : base(nameof(UNetDown))
    {
        maxpool_conv = nn.Sequential(nn.MaxPool2d(factor, factor), new DoubleConvolution(plan, inputs, outputs, outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => maxpool_conv.call(input);        // [N, I, H, W] to [N, O, H/f, W/f]
}
