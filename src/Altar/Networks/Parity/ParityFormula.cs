using System.Text;
using static TorchSharp.torch;

namespace Altar.Networks.Parity;

/// <summary>Weights made from their names, so that two implementations can be compared without a weights file.</summary>
internal static class ParityFormula
{
    /// <summary>Overwrites every parameter and buffer but num_batches_tracked.</summary>
    public static void Fill(nn.Module network)
    {
        using var noGradient = no_grad();
        foreach (var (name, tensor) in network.state_dict().Where(entry => !IsCounter(entry.Key)))
        {
            var (middle, amplitude) = Range(name, tensor);
            using var values = Values(name, tensor.shape, middle, amplitude);
            tensor.copy_(values);
        }
    }

    /// <summary>The input of a shape: uniform in -1..1, from the name "input".</summary>
    public static Tensor Input(long[] shape) => Values("input", shape, 0, 1);

    /// <summary>Counters of batches are no part of the comparison.</summary>
    public static bool IsCounter(string name) => name.EndsWith("num_batches_tracked", StringComparison.Ordinal);

    private const long Chunk = 1 << 16;

    private static unsafe Tensor Values(string name, long[] shape, double middle, double amplitude)
    {
        var (hash, result) = (Hash(name), empty(shape));
        var count = result.numel();
        fixed (byte* start = result.bytes)
        {
            var values = (nint)start;   // a lambda cannot capture a fixed pointer
            Parallel.For(0, (count + Chunk - 1) / Chunk, part =>
            {
                for (var i = part * Chunk; i < Math.Min(count, (part + 1) * Chunk); i++) ((float*)values)[i] = (float)(middle + amplitude * Uniform(hash, i));
            });
        }

        return result;
    }

    private static (double Middle, double Amplitude) Range(string name, Tensor tensor)
    {
        if (tensor.dim() >= 2) return (0, Math.Sqrt(6.0 / (tensor.numel() / tensor.shape[0])));
        if (name.EndsWith("running_var", StringComparison.Ordinal)) return (1, 0.5);
        return name.EndsWith("weight", StringComparison.Ordinal) ? (1, 0.1) : (0, 0.1);
    }

    // FNV-1a 64 of the UTF-8 bytes.
    private static ulong Hash(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in Encoding.UTF8.GetBytes(name)) hash = unchecked((hash ^ letter) * 1099511628211UL);
        return hash;
    }

    // SplitMix64; the upper 24 bits, as float32 holds them, become -1..1.
    private static double Uniform(ulong hash, long index)
    {
        unchecked
        {
            var z = hash + (ulong)(index + 1) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            return (z >> 40) / (double)(1 << 23) - 1;
        }
    }
}
