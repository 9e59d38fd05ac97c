namespace Altar.Search;

/// <summary>Rows as bits.</summary>
internal sealed class RowSet(int rows)
{
    private const int WordBits = 64;

    /// <summary>Bit r of word r / 64 is row r.</summary>
    public ulong[] Bits { get; } = new ulong[(rows / WordBits) + 1];

    /// <summary>How many rows are in it.</summary>
    public int Count { get; private set; }

    public void Add(int row)
    {
        Bits[row / WordBits] |= 1UL << (row % WordBits);
        Count++;
    }

    /// <summary>The rows, from the first.</summary>
    public IEnumerable<int> Rows()
    {
        for (var row = 0; row < rows; row++)
        {
            if ((Bits[row / WordBits] >> (row % WordBits) & 1) != 0) yield return row;
        }
    }
}
