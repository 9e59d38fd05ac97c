using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Segmentation;

/// <summary>1x1 down to a quarter, transposed convolution, 1x1 up; norm and ReLU behind each (arXiv:1707.03718).</summary>
internal sealed class LinkNetDecoder : nn.Module<Tensor, Tensor>
{
    // Field names are the keys of the weights file.
    private readonly Conv2d conv1, conv3;
    private readonly ConvTranspose2d deconv2;
    private readonly BatchNorm norm1, norm2, norm3;

    public LinkNetDecoder(long inputs, long outputs, long kernel) : base(nameof(LinkNetDecoder))
    {
        var middle = inputs / 4;
        conv1 = nn.Conv2d(inputs, middle, 1);
        norm1 = new BatchNorm(middle);
        deconv2 = DecoderBlock.Transposed(middle, middle, kernel);
        norm2 = new BatchNorm(middle);
        conv3 = nn.Conv2d(middle, outputs, 1);
        norm3 = new BatchNorm(outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)                          // [N, I, H, W]
    {
        using var scope = NewDisposeScope();
        var map = norm1.call(conv1.call(input)).relu_();                   // [N, I/4, H, W]
        map = norm2.call(deconv2.call(map)).relu_();                       // [N, I/4, 2H, 2W]
        return norm3.call(conv3.call(map)).relu_().MoveToOuterDisposeScope();  // [N, O, 2H, 2W]
    }
}
