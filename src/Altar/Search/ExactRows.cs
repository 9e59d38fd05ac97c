using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Altar.Search.Usearch;
using Altar.Tensors;

namespace Altar.Search;

/// <summary>Vectors side by side, in memory or mapped from their file; a query is compared with all.</summary>
internal sealed unsafe class ExactRows : IVectorRows
{
    private readonly VectorScalar _scalar;
    private readonly int _bytes;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private byte* _rows;
    private long _capacity;
    private bool _isDisposed;

    /// <summary>No vectors.</summary>
    public ExactRows(VectorScalar scalar, int dimensions) => (_scalar, _bytes) = (scalar, VectorCode.Bytes(scalar, dimensions));

    /// <summary>The vectors of a file that <see cref="Save"/> wrote.</summary>
    public ExactRows(VectorScalar scalar, int dimensions, string path, int count) : this(scalar, dimensions)
    {
        Count = count;
        if (count == 0) return;   // an empty file cannot be mapped
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _rows);
    }

    ~ExactRows() => Free();

    public int Count { get; private set; }

    public void Add(IReadOnlyList<byte[]> vectors)
    {
        Reserve(Count + vectors.Count);
        foreach (var vector in vectors)
        {
            vector.CopyTo(Row(Count));
            Count++;
        }
    }

    public void Remove(int row)
    {
        Reserve(Count);
        Row(Count - 1).CopyTo(Row(row));
        Count--;
    }

    public void Read(int row, Span<byte> vector) => Row(row).CopyTo(vector);

    public IReadOnlyList<(int Row, float Distance)> Search(byte[] query, int count, RowSet? allowed)
    {
        var found = allowed is null ? ExactSearch.Nearest(_rows, Count, query, _scalar, count) : AmongRows.Search(this, [.. allowed.Rows()], query, _scalar, count);
        GC.KeepAlive(this);   // the finalizer would free the rows under the search
        return found;
    }

    public void Save(string path) => AtomicFile.Write(path, stream =>
    {
        for (var row = 0; row < Count; row++) stream.Write(Row(row));
    });

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private Span<byte> Row(int row) => new(_rows + ((long)row * _bytes), _bytes);

    // What is mapped is read-only: the first change copies it.
    private void Reserve(int count)
    {
        var needed = (long)count * _bytes;
        if (needed <= _capacity) return;
        var capacity = Math.Max(needed, Math.Min(2 * _capacity, needed + (1L << 28)));
        if (_capacity == 0)
        {
            var memory = (byte*)NativeMemory.Alloc((nuint)capacity);
            Buffer.MemoryCopy(_rows, memory, capacity, (long)Count * _bytes);
            Unmap();
            _rows = memory;
        }
        else
        {
            _rows = (byte*)NativeMemory.Realloc(_rows, (nuint)capacity);
        }

        _capacity = capacity;
    }

    private void Unmap()
    {
        if (_view is null || _rows is null) return;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file!.Dispose();
    }

    private void Free()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (_capacity > 0) NativeMemory.Free(_rows);
        else Unmap();
        _rows = null;
    }
}
