using System.Text;
using Altar.Datasets.Shards;
using Altar.Datasets.Shards.Tar;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Shards;

/// <summary>Shards of tiny pictures, made for a test: sample i is grey of level i and has the label i mod 3.</summary>
internal sealed class ShardFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ShardFolder(params int[] counts)
    {
        var shards = new List<ShardFile>();
        var number = 0;
        foreach (var (shard, count) in counts.Index())
        {
            var files = Enumerable.Range(number, count).SelectMany(Files).ToArray();
            shards.Add(Write($"{shard}.tar", count, files));
            number += count;
        }

        Index = new ShardIndex(shards, [new ShardColumn("label", ["a", "b", "c"])]);
        WriteIndex(Index);
    }

    public string Path => _folder.Path;

    public ShardIndex Index { get; }

    public static byte[] Picture(int level)
    {
        var raster = new Raster(new PixelSize(4, 4));
        raster.Pixels.AsSpan(0, 48).Fill((byte)level);
        return RasterWriter.Encode("x.png", raster);
    }

    public static string LabelOf(int number) => ((string[])["a", "b", "c"])[number % 3];

    public static IEnumerable<(string Name, byte[] Bytes)> Files(int number) =>
    [
        ($"{number:D4}.png", Picture(number)),
        ($"{number:D4}.json", Encoding.UTF8.GetBytes($"{{\"label\": \"{LabelOf(number)}\", \"sender\": {number}}}")),
    ];

    public string Of(string name) => _folder.Of(name);

    public ShardFile Write(string name, int samples, params (string Name, byte[] Bytes)[] files)
    {
        using var stream = File.Create(Of(name));
        using var tar = new TarFile(stream);
        foreach (var (file, bytes) in files) tar.Add(file, bytes);
        var sha256 = tar.End();
        return new ShardFile(name, samples, tar.Bytes, sha256);
    }

    public void WriteIndex(ShardIndex index) => AtomicFile.WriteText(Of(ShardIndex.FileName), index.ToJson());

    public void Dispose() => _folder.Dispose();
}
