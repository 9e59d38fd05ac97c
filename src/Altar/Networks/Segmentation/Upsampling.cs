namespace Altar.Networks.Segmentation;

/// <summary>How a decoder doubles the resolution.</summary>
public enum Upsampling
{
    /// <summary>Bilinear interpolation (corners not aligned), then two convolutions.</summary>
    Bilinear,

    /// <summary>A convolution, then a transposed one of kernel 3, stride 2, padding 1, output padding 1.</summary>
    Transposed3,

    /// <summary>A convolution, then a transposed one of kernel 4, stride 2, padding 1.</summary>
    Transposed4,
}
