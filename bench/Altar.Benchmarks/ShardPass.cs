using System.Diagnostics;
using System.Globalization;
using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Heads;
using Altar.Datasets.Shards;
using Altar.Datasets.Shards.Tar;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Benchmarks;

/// <summary>One epoch over a synthetic set in shards: memory and rate on the way. Flat memory and a steady rate mean that the set may be of any size.</summary>
internal static class ShardPass
{
    private const int Classes = 100, Pictures = 500, Side = 32, Batch = 256, Lines = 20;
    private const long ShardBytes = 100_000_000;

    /// <summary>Writes the shards (unless the folder has them), reads them once, and prints.</summary>
    /// <param name="samples">Number of samples.</param>
    /// <param name="folder">Where they go; null for a folder that is removed at the end.</param>
    public static void Run(int samples, string? folder = null)
    {
        NativeLibraries.Prepare();
        var isKept = folder is not null;
        folder ??= Directory.CreateTempSubdirectory("altar-shards-").FullName;
        try
        {
            if (!File.Exists(Path.Combine(folder, ShardIndex.FileName))) Write(folder, samples);
            Read(folder);
        }
        finally
        {
            if (!isKept) Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder, int samples)
    {
        var start = Stopwatch.GetTimestamp();
        byte[][] pictures = [.. Enumerable.Range(0, Pictures).Select(Picture)];
        var shards = new List<ShardFile>();
        for (var next = 0; next < samples;)
        {
            var (first, count) = (next, 0);
            var name = $"shard-{shards.Count:D6}.tar";
            AtomicFile.Write(Path.Combine(folder, name), stream =>
            {
                using var tar = new TarFile(stream);
                for (; next < samples && tar.Bytes < ShardBytes; next++, count++)
                {
                    tar.Add($"{next:D9}.jpg", pictures[next % Pictures]);
                    tar.Add($"{next:D9}.json", JsonOf(next));
                }

                var sha256 = tar.End();
                shards.Add(new ShardFile(name, count, tar.Bytes, sha256));
            });
        }

        var index = new ShardIndex(shards, [new ShardColumn("label", [.. Enumerable.Range(0, Classes).Select(LabelOf)])]);
        AtomicFile.WriteText(Path.Combine(folder, ShardIndex.FileName), index.ToJson());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{samples} samples written into {shards.Count} shards, {index.Bytes / 1e6:0} MB, in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
    }

    private static void Read(string folder)
    {
        using var set = ShardSet.Open(folder);
        var targets = new ClassColumn("label", set.Classes("label"));
        using var loader = new ShardLoader(
            [new ShardPart(set, targets)], new Augmenter(AugmentationOptions.Light, PixelSize.Square(Side)), Normalization.ImageNet, new SetAside(),
            new BatchOptions { Batch = Batch }, new ShardReadOptions(), new Seed(1));
        Console.WriteLine($"{set.Count} samples, batch {Batch}, buffer {new ShardReadOptions().Buffer}, {Environment.ProcessorCount} threads");
        Console.WriteLine($"{"samples",12} {"a second",10} {"resident MB",12} {"managed MB",11}");

        long seen = 0, shown = 0, labels = 0;
        var start = Stopwatch.GetTimestamp();
        var last = start;
        foreach (var batch in loader.Epoch(0))
        {
            using (batch)
            {
                seen += batch.Samples.Count;
                labels += batch.Labels.data<long>()[0];
            }

            if (seen - shown < set.Count / Lines) continue;
            Line(seen, (seen - shown) / Stopwatch.GetElapsedTime(last).TotalSeconds);
            (shown, last) = (seen, Stopwatch.GetTimestamp());
        }

        var all = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seen} samples in {all:0.0} s: {seen / all:0} a second; highest resident {ProcessMemory.Peak() / 1e6:0} MB (checksum {labels})"));
    }

    private static void Line(long seen, double rate) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{seen,12} {rate,10:0} {ProcessMemory.Now() / 1e6,12:0} {GC.GetTotalMemory(false) / 1e6,11:0}"));

    private static byte[] Picture(int number)
    {
        var raster = new Raster(PixelSize.Square(Side));
        var random = new Seed(7).For(number).ToRandom();
        for (var y = 0; y < Side; y++)
        {
            var row = raster.Row(y);
            for (var x = 0; x < Side * 3; x++) row[x] = (byte)(((number * 7) + (x * 3) + (y * 5) + random.Next(40)) % 256);
        }

        return RasterWriter.Encode("x.jpg", raster);
    }

    private static byte[] JsonOf(int number) => System.Text.Encoding.UTF8.GetBytes($"{{\"label\":\"{LabelOf(number % Classes)}\"}}");

    private static string LabelOf(int label) => $"class{label:D3}";
}
