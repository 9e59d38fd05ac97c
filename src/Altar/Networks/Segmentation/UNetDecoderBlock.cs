using Altar.Networks.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>Doubles the resolution, joins the encoder's map where there is one, then two 3x3 convolutions with norm and ReLU.</summary>
internal sealed class UNetDecoderBlock : nn.Module<Tensor, Tensor?, Tensor>
{
    // Field names are the keys of the weights file.
    private readonly ConvTranspose2d? up;
    private readonly Sequential conv1, conv2;
    private readonly DecoderKind _kind;

    public UNetDecoderBlock(long inputs, long skip, long outputs, Upsampling upsampling) : base(nameof(UNetDecoderBlock))
    {
        _kind = upsampling.Decoder;
        if (upsampling.IsTransposed) up = DecoderBlock.Transposed(inputs, inputs, upsampling.Kernel);
        conv1 = Convolution(inputs + skip, outputs);
        conv2 = Convolution(outputs, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor map, Tensor? skip)                         // [N, I, H, W], [N, S, 2H, 2W]
    {
        using var scope = NewDisposeScope();
        var large = up?.call(map) ?? Interpolation.By(map, _kind, 2);                // [N, I, 2H, 2W]
        large = skip is null ? large.Into(conv1) : large.JoinedInto(skip, conv1);    // [N, O, 2H, 2W]
        return large.Into(conv2).MoveToOuterDisposeScope();                          // [N, O, 2H, 2W]
    }

    private static Sequential Convolution(long inputs, long outputs) =>
        nn.Sequential(Layers.Convolution(inputs, outputs, 3), new BatchNorm(outputs), nn.ReLU(inplace: true));
}
