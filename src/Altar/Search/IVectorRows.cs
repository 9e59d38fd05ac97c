namespace Altar.Search;

/// <summary>The vectors of an index, numbered by row without gaps, encoded.</summary>
internal interface IVectorRows : IDisposable
{
    int Count { get; }

    /// <summary>Adds rows behind the last.</summary>
    void Add(IReadOnlyList<byte[]> vectors);

    /// <summary>Takes a row out; the last row takes its number.</summary>
    void Remove(int row);

    void Read(int row, Span<byte> vector);

    /// <summary>The nearest rows among those allowed (null: all), nearest first, with 1 - cosine.</summary>
    IReadOnlyList<(int Row, float Distance)> Search(byte[] query, int count, RowSet? allowed);

    void Save(string path);
}
