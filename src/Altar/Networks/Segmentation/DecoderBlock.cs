using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Doubles the resolution: the decoder stage of TernausNet and AlbuNet.</summary>
internal sealed class DecoderBlock : nn.Module<Tensor, Tensor>
{
    // The field's name is the key of the weights file.
    private readonly Sequential block;

    public DecoderBlock(long inputs, long middle, long outputs, Upsampling upsampling) : base(nameof(DecoderBlock))
    {
        block = upsampling.IsTransposed
            ? nn.Sequential(new ConvolutionReLU(inputs, middle), Transposed(middle, outputs, upsampling.Kernel), nn.ReLU(inplace: true))
            : nn.Sequential(Interpolation.Layer(upsampling.Decoder), new ConvolutionReLU(inputs, middle), new ConvolutionReLU(middle, outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => block.call(input);           // [N, I, H, W] to [N, O, 2H, 2W]

    /// <summary>A transposed convolution that doubles the sides, for a kernel of 2, 3 or 4.</summary>
    public static ConvTranspose2d Transposed(long inputs, long outputs, long kernel)
    {
        var padding = (kernel - 1) / 2;
        return nn.ConvTranspose2d(inputs, outputs, kernel, stride: 2, padding: padding, output_padding: 2 * padding + 2 - kernel);
    }
}
