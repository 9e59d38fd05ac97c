using Altar.Search.Usearch;
using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Search;

/// <summary>An index in a folder: card.json, photos.jsonl (images and columns), looks.bin, vectors.bin or graph.usearch, and the network beside them.</summary>
/// <remarks>The folder is written whole or not at all. Opened to be read, the vectors stay on the disk and are mapped.</remarks>
public sealed class FolderIndex : IVectorIndex
{
    private const string CardName = "card.json", PhotosName = "photos.jsonl", LooksName = "looks.bin", VectorsName = "vectors.bin", GraphName = "graph.usearch";
    private const string NetworkName = "network", ProjectionName = "projection.safetensors";

    private readonly string _folder;
    private readonly PhotoTable _photos;
    private readonly IVectorRows _vectors;
    private readonly IDisposable? _turn;   // held while it may be written

    private FolderIndex(string folder, IndexCard card, PhotoTable photos, IVectorRows vectors, IDisposable? turn) =>
        (_folder, Card, _photos, _vectors, _turn) = (folder, card, photos, vectors, turn);

    /// <summary>An empty index that <see cref="Save"/> will write.</summary>
    /// <param name="folder">Where; nothing may be there.</param>
    /// <param name="card">What it is made with.</param>
    /// <param name="embedder">The network, of which a copy is put into the folder. Null (default): none is, and a query must name it.</param>
    /// <param name="projection">The projection that the card speaks of, if it does.</param>
    /// <exception cref="BadInputException">Something is there.</exception>
    public static FolderIndex Create(string folder, IndexCard card, PhotoEmbedder? embedder = null, Projection? projection = null)
    {
        ArgumentNullException.ThrowIfNull(card);
        return WithTurn(folder, isWritable: true, turn =>
        {
            RequireFree(folder);
            IVectorRows vectors = card.Kind == IndexKind.Exact
                ? new ExactRows(card.Scalar, card.Dimensions)
                : new GraphRows(HnswGraph.Create(card.Dimensions, card.Scalar, card.Hnsw.Validated()), card.Scalar);
            return new FolderIndex(folder, card, new PhotoTable(), vectors, turn)
            {
                Fill = coming =>
                {
                    embedder?.Write(Path.Combine(coming, NetworkName));
                    projection?.Write(Path.Combine(coming, ProjectionName));
                },
            };
        });
    }

    /// <summary>Opens an index.</summary>
    /// <param name="folder">What <see cref="Save"/> wrote.</param>
    /// <param name="isWritable">Whether photos will be added or taken out: then the vectors are read into memory. Default false.</param>
    /// <param name="expansion">Candidates looked at while searching, instead of the card's. Default null.</param>
    /// <exception cref="BadInputException">There is no index, or it is damaged.</exception>
    public static FolderIndex Open(string folder, bool isWritable = false, int? expansion = null) =>
        WithTurn(folder, isWritable, turn => Open(folder, turn, expansion));

    /// <inheritdoc/>
    public string Source => _folder;

    /// <inheritdoc/>
    public IndexCard Card { get; private set; }

    /// <inheritdoc/>
    public int Count => _photos.Count;

    /// <inheritdoc/>
    public long Bytes => Directory.Exists(_folder) ? new DirectoryInfo(_folder).EnumerateFiles().Sum(file => file.Length) : 0;

    /// <summary>The checkpoint folder of the network.</summary>
    public string Network => Path.Combine(_folder, NetworkName);

    internal string Projection => Path.Combine(_folder, ProjectionName);

    private Action<string>? Fill { get; set; }   // null: what lies there already is copied

    /// <inheritdoc/>
    public void Add(IReadOnlyList<IndexedPhoto> photos)
    {
        ArgumentNullException.ThrowIfNull(photos);
        RequireWritable();
        var distinct = photos.Reverse().DistinctBy(photo => photo.Image).Reverse().ToList();   // of equal images the last counts
        Remove([.. distinct.Select(photo => photo.Image)]);
        _vectors.Add([.. distinct.Select(photo => Encode(photo.Vector))]);
        foreach (var photo in distinct) _photos.Add(photo.Image, photo.Columns, photo.Look);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Remove(IReadOnlyCollection<string> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        RequireWritable();
        var removed = new List<string>();
        foreach (var image in images)
        {
            if (_photos.RowOf(image) is not { } row) continue;
            _vectors.Remove(row);
            _photos.Remove(row);
            removed.Add(image);
        }

        return removed;
    }

    /// <inheritdoc/>
    public IReadOnlyList<SearchHit> Search(float[] query, int count, SearchFilter? filter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var allowed = filter is null ? null : _photos.Matching(filter, _folder);
        if (Count == 0 || allowed?.Count == 0) return [];
        return [.. _vectors.Search(Encode(query), count, allowed).Select(hit =>
            new SearchHit(_photos.Image(hit.Row), Math.Clamp(1.0 - hit.Distance, -1, 1), _photos.ColumnsOf(hit.Row)))];
    }

    /// <inheritdoc/>
    public IEnumerable<IndexedPhoto> Photos()
    {
        var bytes = new byte[VectorCode.Bytes(Card.Scalar, Card.Dimensions)];
        for (var row = 0; row < Count; row++)
        {
            _vectors.Read(row, bytes);
            yield return new IndexedPhoto(_photos.Image(row), VectorCode.Decode(Card.Scalar, bytes), _photos.ColumnsOf(row)) { Look = _photos.Look(row) };
        }
    }

    /// <inheritdoc/>
    public void Save()
    {
        RequireWritable();
        AtomicFolder.Write(_folder, Write);
        Fill = null;
    }

    /// <summary>Frees the vectors.</summary>
    public void Dispose()
    {
        _vectors.Dispose();
        _turn?.Dispose();
    }

    private static FolderIndex Open(string folder, IDisposable? turn, int? expansion)
    {
        var path = Path.Combine(folder, CardName);
        if (!File.Exists(path)) throw new BadInputException($"{folder}: no index ({CardName} is missing). Make one: altar search build RUN --images PHOTOS --out {folder}");
        var card = IndexCard.Parse(File.ReadAllText(path), path);
        if (expansion is { } wanted) card = card with { Hnsw = (card.Hnsw with { ExpansionSearch = wanted }).Validated() };
        RequireLength(folder, VectorsFile(card), card.VectorBytes);
        RequireLength(folder, LooksName, (long)card.Photos * LookCode.Length);
        var photos = PhotoTable.Read(Path.Combine(folder, PhotosName), Path.Combine(folder, LooksName));
        if (photos.Count != card.Photos) throw new BadInputException($"{folder}: {PhotosName} has {photos.Count} lines where {card.Photos} are due; the index is damaged. Build it anew.");
        return new FolderIndex(folder, card, photos, OpenVectors(folder, card, turn is not null), turn);
    }

    // Only a writer may mend what a killed writer left: a reader would take a folder that is being written for such a rest.
    private static FolderIndex WithTurn(string folder, bool isWritable, Func<IDisposable?, FolderIndex> open)
    {
        var turn = isWritable ? IndexLock.Take(folder) : null;
        try
        {
            if (isWritable) AtomicFolder.Recover(folder);
            return open(turn);
        }
        catch
        {
            turn?.Dispose();
            throw;
        }
    }

    private static IVectorRows OpenVectors(string folder, IndexCard card, bool isWritable)
    {
        var path = Path.Combine(folder, VectorsFile(card));
        return card.Kind == IndexKind.Exact
            ? new ExactRows(card.Scalar, card.Dimensions, path, card.Photos)
            : new GraphRows(HnswGraph.Open(path, card.Dimensions, card.Scalar, card.Hnsw, isWritable), card.Scalar);
    }

    private static string VectorsFile(IndexCard card) => card.Kind == IndexKind.Exact ? VectorsName : GraphName;

    // Native code maps these files: a cut one would end the process.
    private static void RequireLength(string folder, string name, long length)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        var found = file.Exists ? $"has {file.Length} bytes where {length} are due" : "is missing";
        if (!file.Exists || file.Length != length) throw new BadInputException($"{file}: {found}; the index is damaged. Build it anew.");
    }

    internal static void RequireFree(string folder)
    {
        if (File.Exists(folder)) throw new BadInputException($"{folder}: a file is in the way of the index; choose another --out.");
        if (File.Exists(Path.Combine(folder, CardName))) throw new BadInputException($"{folder}: there is an index already; add to it with --add, or choose another --out.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new BadInputException($"{folder}: the folder is not empty; choose another --out.");
    }

    private byte[] Encode(float[] vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return vector.Length == Card.Dimensions
            ? VectorCode.Encode(Card.Scalar, vector)
            : throw new BadInputException($"{_folder}: the index has vectors of {Card.Dimensions} numbers, this one has {vector.Length}.");
    }

    private void Write(string coming)
    {
        var vectors = Path.Combine(coming, VectorsFile(Card));
        _vectors.Save(vectors);
        AtomicFile.Write(Path.Combine(coming, PhotosName), _photos.Write);
        AtomicFile.Write(Path.Combine(coming, LooksName), _photos.WriteLooks);
        (Fill ?? CopyCompanions)(coming);
        Card = Card with { Photos = Count, VectorBytes = new FileInfo(vectors).Length };
        AtomicFile.WriteText(Path.Combine(coming, CardName), Card.ToJson());
    }

    private void CopyCompanions(string coming)
    {
        if (File.Exists(Projection)) File.Copy(Projection, Path.Combine(coming, ProjectionName));
        if (!Directory.Exists(Network)) return;
        var target = Directory.CreateDirectory(Path.Combine(coming, NetworkName)).FullName;
        foreach (var file in Directory.GetFiles(Network)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }

    private void RequireWritable()
    {
        if (_turn is null) throw new InvalidOperationException("The index was opened to be read.");
    }
}
