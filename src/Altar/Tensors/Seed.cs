namespace Altar.Tensors;

/// <summary>A seed that can be divided: the same name gives the same numbers, whichever thread asks.</summary>
/// <param name="Value">Any 64 bits.</param>
/// <remarks>Use <c>run.For(epoch).For(sample).ToRandom()</c>: the result does not depend on the order of the work.</remarks>
public readonly record struct Seed(ulong Value)
{
    /// <summary>The seed of a numbered part, e.g. an epoch or a sample.</summary>
    /// <param name="part">The number of the part.</param>
    public Seed For(long part) => new(Mix(Value ^ Mix(unchecked((ulong)part + Golden))));

    /// <summary>The seed of a named part, e.g. "augmentation".</summary>
    /// <param name="part">The name of the part; letter case matters.</param>
    public Seed For(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var hash = 14695981039346656037UL;   // FNV-1a 64
        foreach (var letter in part) hash = unchecked((hash ^ letter) * 1099511628211UL);
        return For(unchecked((long)hash));
    }

    /// <summary>A generator that starts at this seed.</summary>
    public Random ToRandom() => new SeededRandom(Value);

#pragma warning disable RS0030 // The one home of libtorch's global generator.
    /// <summary>Starts libtorch's global generators (CPU and CUDA) at this seed.</summary>
    public void ApplyToTorch() => TorchSharp.torch.manual_seed(unchecked((long)Value));
#pragma warning restore RS0030

    private const ulong Golden = 0x9E3779B97F4A7C15;

    // SplitMix64 finalizer (Steele et al. 2014): neighbouring inputs give unrelated outputs.
    internal static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
