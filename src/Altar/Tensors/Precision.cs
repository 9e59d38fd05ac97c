namespace Altar.Tensors;

/// <summary>What a network's products are computed in. Weights, gradients, norms' statistics and the loss are 32-bit floats in all of them.</summary>
public enum Precision
{
    /// <summary>32-bit floats.</summary>
    Fp32,

    /// <summary>bfloat16: the range of a 32-bit float with 8 bits of precision. Needs no loss scaling.</summary>
    Bf16,

    /// <summary>float16: 11 bits of precision and a small range, so that the loss is scaled. CUDA only.</summary>
    Fp16,
}
