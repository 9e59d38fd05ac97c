using Altar.Tensors;

namespace Altar.Search;

/// <summary>How a graph of neighbours is built and searched (HNSW, arXiv:1603.09320).</summary>
public sealed record HnswOptions
{
    /// <summary>Neighbours that each vector keeps (M), 2 to 128; twice as many on the lowest level. Default 24.</summary>
    public int Connectivity { get; init; } = 24;

    /// <summary>Candidates looked at while a vector is added (efConstruction), 1 to 10000. Default 128.</summary>
    public int ExpansionAdd { get; init; } = 128;

    /// <summary>Candidates looked at while searching (ef), 1 to 10000: more find more and take longer. Default 96.</summary>
    public int ExpansionSearch { get; init; } = 96;

    /// <summary>The options, once they are in their ranges.</summary>
    /// <exception cref="BadInputException">One is not.</exception>
    public HnswOptions Validated()
    {
        Require(Connectivity, 2, 128, "connectivity");
        Require(ExpansionAdd, 1, 10_000, "expansion-add");
        Require(ExpansionSearch, 1, 10_000, "expansion");
        return this;
    }

    private static void Require(int value, int least, int most, string name)
    {
        if (value < least || value > most) throw new BadInputException($"{name}: {value} is out of range; write {least} to {most}.");
    }
}
