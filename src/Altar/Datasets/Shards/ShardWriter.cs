using Altar.Datasets.Shards.Tar;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Shards;

/// <summary>Writes pictures and their columns into tar files (<c>000000012.jpg</c>, <c>000000012.json</c>) with an index. The same list gives the same bytes.</summary>
/// <remarks>Every shard is whole or not there. After an interruption the same call goes on behind the last whole shard. What cannot be decoded is set aside.</remarks>
public sealed class ShardWriter
{
    private const int PicturesAThread = 8;
    private readonly ShardRows _rows;
    private readonly string _folder;
    private readonly ShardOptions _options;
    private readonly SetAside _setAside;
    private readonly int[] _order;
    private readonly string _fingerprint;

    /// <summary>A writer; nothing is written yet.</summary>
    /// <param name="rows">The pictures.</param>
    /// <param name="folder">Where the shards go.</param>
    /// <param name="options">Size, order.</param>
    /// <param name="setAside">Receives damaged pictures.</param>
    public ShardWriter(ShardRows rows, string folder, ShardOptions options, SetAside setAside)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(setAside);
        (_rows, _folder, _options, _setAside) = (rows, folder, options.Validated(), setAside);
        _order = [.. Enumerable.Range(0, rows.Count)];
        if (options.Shuffles) options.Seed.For("shards").ToRandom().Shuffle(_order);
        _fingerprint = rows.Fingerprint(options);
    }

    private readonly record struct Checked(int Place, string Extension, byte[] Picture, byte[] Json);

    /// <summary>Writes the shards that are not there yet, and the index.</summary>
    /// <param name="progress">Receives how far it is.</param>
    /// <param name="cancel">Ends the work; a later call goes on.</param>
    /// <exception cref="BadInputException">The folder holds other shards, or more than 5 % of the pictures are damaged.</exception>
    public ShardIndex Write(IProgress<ShardProgress>? progress = null, CancellationToken cancel = default)
    {
        if (Finished() is { } finished) return finished;
        var draft = ShardDraft.Open(_folder, _fingerprint);
        foreach (var damaged in draft.SetAside) _setAside.Add(damaged.Path, damaged.Reason);
        var columns = new ColumnTally(draft.Columns);
        using var sound = Sound(draft.Next, cancel).GetEnumerator();
        var hasNext = sound.MoveNext();
        while (hasNext)
        {
            draft = WriteShard(draft, sound, columns, ref hasNext, progress);
            draft.Write(_folder);
        }

        _setAside.ThrowIfTooMany(_rows.Count);
        var index = new ShardIndex(draft.Shards, draft.Columns);
        AtomicFile.WriteText(Path.Combine(_folder, ShardIndex.FileName), index.ToJson());
        AtomicFile.WriteText(FinishedPath, _fingerprint);
        File.Delete(Path.Combine(_folder, ShardDraft.FileName));
        return index;
    }

    private string FinishedPath => Path.Combine(_folder, "list.sha256");

    private ShardIndex? Finished()
    {
        var index = Path.Combine(_folder, ShardIndex.FileName);
        if (!File.Exists(index)) return null;
        if (!File.Exists(FinishedPath) || File.ReadAllText(FinishedPath) != _fingerprint)
            throw new BadInputException($"{_folder}: it holds shards of another list, size or seed. Name another folder with --out, or remove this one.");
        return ShardIndex.Parse(File.ReadAllBytes(index), index);
    }

    private ShardDraft WriteShard(ShardDraft draft, IEnumerator<Checked> sound, ColumnTally columns, ref bool hasNext, IProgress<ShardProgress>? progress)
    {
        var name = $"shard-{draft.Shards.Count:D6}.tar";
        var more = hasNext;
        int samples = 0, next = _order.Length;
        ShardFile? shard = null;
        AtomicFile.Write(Path.Combine(_folder, name), stream =>
        {
            using var tar = new TarFile(stream);
            for (; more; more = sound.MoveNext())
            {
                var sample = sound.Current;
                next = sample.Place;
                if (samples > 0 && tar.Bytes + TarFile.Room(sample.Picture.Length, sample.Json.Length) + (2 * TarHeader.Block) > _options.Bytes) break;
                var key = $"{draft.Samples + samples:D9}";
                tar.Add($"{key}.{sample.Extension}", sample.Picture);
                tar.Add($"{key}.json", sample.Json);
                foreach (var (column, text) in _rows.CellsOf(_order[sample.Place])) columns.Add(column, text);
                samples++;
                progress?.Report(new ShardProgress(sample.Place + 1, _order.Length, draft.Shards.Sum(one => one.Bytes)));
            }

            var sha256 = tar.End();
            shard = new ShardFile(name, samples, tar.Bytes, sha256);
        });
        hasNext = more;
        return new ShardDraft(_fingerprint, more ? next : _order.Length, draft.Samples + samples, [.. draft.Shards, shard!], columns.Columns, _setAside.Items);
    }

    // Read ahead in small groups: pictures are checked by all threads, and only a few are in memory.
    private IEnumerable<Checked> Sound(int first, CancellationToken cancel)
    {
        var limit = Threads.Limit(_options.Threads, cancel);
        var group = new Checked?[limit.MaxDegreeOfParallelism * PicturesAThread];
        for (; first < _order.Length; first += group.Length)
        {
            var count = Math.Min(group.Length, _order.Length - first);
            var start = first;
            Parallel.For(0, count, limit, i => group[i] = Check(start + i));
            foreach (var sample in group.Take(count).OfType<Checked>())
            {
                cancel.ThrowIfCancellationRequested();
                yield return sample;
            }

            if (_setAside.Count > _rows.Count * SetAside.LargestShare) _setAside.ThrowIfTooMany(_rows.Count);
        }
    }

    private Checked? Check(int place)
    {
        var row = _order[place];
        var path = _rows.PathOf(row);
        try
        {
            var file = File.ReadAllBytes(path);
            var header = RasterReader.ReadHeader(file, path);
            RasterReader.Read(file, path, new ReadOptions { AtLeast = PixelSize.Square(1) });   // the smallest scale shows damage as well as any
            return new Checked(place, Extension(header.Format), file, _rows.JsonOf(row));
        }
        catch (DamagedPictureException damage)
        {
            _setAside.Add(path, damage.Reason);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _setAside.Add(path, $"cannot be opened: {error.Message.TrimEnd('.')}");
        }

        return null;
    }

    private static string Extension(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "jpg",
        PictureFormat.Png => "png",
        PictureFormat.WebP => "webp",
        PictureFormat.Bmp => "bmp",
        _ => "tif",
    };
}
