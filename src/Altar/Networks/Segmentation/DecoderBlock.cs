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
        block = upsampling == Upsampling.Bilinear
            ? nn.Sequential(nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false), new ConvolutionReLU(inputs, middle), new ConvolutionReLU(middle, outputs))
            : nn.Sequential(new ConvolutionReLU(inputs, middle), Transposed(middle, outputs, upsampling == Upsampling.Transposed3 ? 3 : 4), nn.ReLU(inplace: true));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => block.call(input);           // [N, I, H, W] to [N, O, 2H, 2W]

    /// <summary>A transposed convolution that doubles the sides.</summary>
    public static ConvTranspose2d Transposed(long inputs, long outputs, long kernel) =>
        nn.ConvTranspose2d(inputs, outputs, kernel, stride: 2, padding: 1, output_padding: 4 - kernel);
}
