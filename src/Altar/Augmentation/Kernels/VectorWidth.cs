namespace Altar.Augmentation.Kernels;

/// <summary>How many pixels are worked on at once.</summary>
internal enum VectorWidth
{
    /// <summary>One.</summary>
    Plain,

    /// <summary>128 bits: SSE 4.1.</summary>
    Bits128,

    /// <summary>256 bits: AVX2 with FMA.</summary>
    Bits256,

    /// <summary>512 bits: AVX-512 BW and VL.</summary>
    Bits512,
}
