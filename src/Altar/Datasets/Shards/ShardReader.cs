using System.Text;
using Altar.Datasets.Shards.Tar;
using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>The samples of one shard, in order. Files that follow each other and share a key are one sample (WebDataset's convention).</summary>
/// <remarks>The key is the path up to the first dot of the file's name: of <c>a/7.seg.png</c> it is <c>a/7</c>. Files of other kinds than pictures, json, cls and txt are passed over.</remarks>
internal sealed class ShardReader(IForwardStream stream, string shard, string name) : IDisposable
{
    private readonly TarEntries _entries = new(stream);
    private bool _isStarted, _hasEntry;
    private int _next;

    /// <summary>Reads one sample and passes over those before it, without decoding any.</summary>
    /// <param name="number">Its place in the shard, not below the last one read.</param>
    /// <exception cref="BadInputException">The shard is cut or changed, holds fewer samples, or the sample lacks a part.</exception>
    public ShardSample Read(int number)
    {
        while (_next < number)
        {
            if (Advance(reads: false) is null) throw Ends(number);
        }

        return Advance(reads: true) ?? throw Ends(number);
    }

    /// <summary>Reads the next sample.</summary>
    /// <returns>Null at the end of the shard.</returns>
    public ShardSample? Next() => Advance(reads: true);

    public void Dispose() => stream.Dispose();

    private BadInputException Ends(int number) =>
        new($"{name}: it ends after {_next} samples; the index lists sample {number} (from 0). The shard and its index do not belong together: write the index again (altar shard FOLDER --index).");

    private ShardSample? Advance(bool reads)
    {
        try
        {
            if (!_isStarted) (_isStarted, _hasEntry) = (true, NextFile());
            if (!_hasEntry) return null;
            var parts = new Parts(Split(_entries.Name).Key);
            do
            {
                if (reads) parts.Take(Split(_entries.Name).Kind, _entries);
            }
            while ((_hasEntry = NextFile()) && Split(_entries.Name).Key == parts.Key);
            _next++;
            return reads ? parts.ToSample(shard, name) : Passed;
        }
        catch (InvalidDataException error)
        {
            throw new BadInputException($"{name}: the shard {error.Message}. Copy or write it again.", error);
        }
    }

    private static readonly ShardSample Passed = new("", "", [], null, new Dictionary<string, string>());

    // Hidden files, such as those that macOS adds, are no samples.
    private bool NextFile()
    {
        while (_entries.Next())
        {
            if (Split(_entries.Name) is { Kind.Length: > 0 } && !_entries.Name.AsSpan(_entries.Name.LastIndexOf('/') + 1).StartsWith(".")) return true;
        }

        return false;
    }

    private static (string Key, string Kind) Split(string path)
    {
        var dot = path.IndexOf('.', path.LastIndexOf('/') + 1);
        return dot < 0 ? (path, "") : (path[..dot], path[(dot + 1)..].ToLowerInvariant());
    }

    private sealed class Parts(string key)
    {
        private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
        private byte[]? _picture, _json;

        public string Key => key;

        public void Take(string kind, TarEntries entries)
        {
            if (kind == "json") _json = entries.Read();
            else if (kind is "cls" or "txt") _texts[kind] = Encoding.UTF8.GetString(entries.Read()).Trim();
            else if (ImageFolder.IsPicture("x." + kind) && !kind.Contains('.'))
            {
                if (_picture is not null) throw new InvalidDataException($"holds two pictures of the key {key}");
                _picture = entries.Read();
            }
        }

        public ShardSample ToSample(string shard, string name)
        {
            if (_picture is null) throw new BadInputException($"{name}: {key} has no picture (jpg, png, webp, bmp, tiff) beside its other files. The files of a key must follow each other; write the shard again.");
            if (_json is null && _texts.Count == 0) throw new BadInputException($"{name}: {key} has a picture, but no json, cls or txt beside it. The files of a key must follow each other; write the shard again.");
            return new ShardSample(shard, key, _picture, _json, _texts);
        }
    }
}
