namespace Altar.Tensors;

/// <summary>Tells a lack of memory from other failures: libtorch reports it by text alone.</summary>
public static class OutOfMemory
{
    // c10's CPU allocator (Linux, Windows), CUDA's caching allocator, cuBLAS and cuDNN.
    private static readonly string[] Texts =
        ["out of memory", "can't allocate memory", "not enough memory", "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED"];

    /// <summary>Whether an error, or one that caused it, says so.</summary>
    /// <param name="error">Any error.</param>
    public static bool Is(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is OutOfMemoryException || Texts.Any(text => cause.Message.Contains(text, StringComparison.OrdinalIgnoreCase))) return true;
        }

        return false;
    }
}
