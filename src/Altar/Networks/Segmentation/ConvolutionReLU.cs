using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>3x3 convolution with bias, and ReLU.</summary>
internal sealed class ConvolutionReLU : nn.Module<Tensor, Tensor>
{
    // The field's name is the key of the weights file.
    private readonly Conv2d conv;

    public ConvolutionReLU(long inputs, long outputs) : base(nameof(ConvolutionReLU))
    {
        conv = nn.Conv2d(inputs, outputs, 3, padding: 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => conv.call(input).relu_();   // [N, I, H, W] to [N, O, H, W]
}
