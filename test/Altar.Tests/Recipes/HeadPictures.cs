using System.Globalization;
using System.Text;
using Altar.Datasets;
using Altar.Datasets.Shards;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Recipes;

/// <summary>
/// Small pictures on disk in two lists that label different heads: red or blue and what is wrong with them in one, stripes and brightness in the other.
/// </summary>
internal sealed class HeadPictures : IDisposable
{
    public HeadPictures(int train = 48, int val = 24)
    {
        foreach (var (side, count, seed) in ((string, int, ulong)[])[("train", train, 1), ("val", val, 2)])
        {
            var colours = new StringBuilder("image,colour,flags\n");
            var stripes = new StringBuilder("image,name,light\n");
            for (var i = 0; i < count; i++)
            {
                var random = new Seed(seed).For(i).ToRandom();
                var (isRed, isUpright, light) = (i % 2 == 0, i / 2 % 2 == 0, 60 + random.Next(120));
                var image = $"{side}-{i:D3}.png";
                RasterWriter.Write(In(image), Picture(isRed, isUpright, light, i % 3, random));
                if (i % 2 < 1 || i % 4 == 1) colours.Append(CultureInfo.InvariantCulture, $"{image},{(isRed ? "red" : "blue")},{Flags(isRed, isUpright)}\n");
                if (i % 2 > 0 || i % 4 == 0) stripes.Append(CultureInfo.InvariantCulture, $"{image},{(isUpright ? "posts" : "steps")},{light}\n");
            }

            File.WriteAllText(In($"{side}-colours.csv"), colours.ToString());
            File.WriteAllText(In($"{side}-stripes.csv"), stripes.ToString());
        }
    }

    public string Home { get; } = Directory.CreateTempSubdirectory("altar-heads-").FullName;

    public string In(string name) => Path.Combine(Home, name);

    /// <summary>The recipe's data, with both lists on both sides.</summary>
    /// <param name="more">Keys to add, e.g. ", shapes: [32, 32x48]".</param>
    /// <param name="ending">What the lists' names end in: .csv, or -shards.</param>
    /// <param name="weights">Whether the sets are mixed in shares.</param>
    public string Data(string more = "", string ending = ".csv", bool weights = false)
    {
        var (three, one) = weights ? (", weight: 3", ", weight: 1") : ("", "");
        var last = more.Length == 0 ? "" : $"  {more}";
        return $$"""
            data:
              sets:
                - {path: {{In($"train-colours{ending}")}}, labels: {colour: colour, flags: flags}{{three}} }
                - {path: {{In($"train-stripes{ending}")}}, labels: {name: name, light: light}{{one}} }
              val:
                - {path: {{In($"val-colours{ending}")}}, labels: {colour: colour, flags: flags} }
                - {path: {{In($"val-stripes{ending}")}}, labels: {name: name, light: light} }
              size: 32
            {{last}}
            """;
    }

    /// <summary>Writes every list into shards beside it.</summary>
    public void WriteShards()
    {
        foreach (var list in (string[])["train-colours", "train-stripes", "val-colours", "val-stripes"])
            new ShardWriter(ShardRows.Open(In($"{list}.csv")), In($"{list}-shards"), new ShardOptions { Bytes = 60_000 }, new SetAside()).Write();
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);

    private static string Flags(bool isRed, bool isUpright) => (isRed, isUpright) switch
    {
        (true, true) => "warm;tall",
        (true, false) => "warm",
        (false, true) => "tall",
        _ => "-",
    };

    // A third is wide, a third high, a third square.
    private static Raster Picture(bool isRed, bool isUpright, int light, int shape, Random random)
    {
        var size = shape switch { 0 => new PixelSize(36, 36), 1 => new PixelSize(60, 36), _ => new PixelSize(36, 60) };
        var raster = new Raster(size);
        for (var y = 0; y < size.Height; y++)
        {
            var row = raster.Row(y);
            for (var x = 0; x < size.Width; x++)
            {
                var stripe = (isUpright ? x : y) / 4 % 2 == 0 ? light : light / 3;
                for (var channel = 0; channel < 3; channel++)
                    row[(3 * x) + channel] = (byte)((channel == (isRed ? 0 : 2) ? stripe : stripe / 3) + random.Next(20));
            }
        }

        return raster;
    }
}
