using System.Globalization;
using System.Text;
using Altar.Datasets;
using Altar.Datasets.Shards;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Recipes;

/// <summary>A few noisy pictures in shards whose index lists as many labels as AvitoNet has: 100 rules, 300 categories, 2500 titles, ImageNet's 1000.</summary>
internal sealed class AvitoShards : IDisposable
{
    /// <param name="pictures">In each of the two sets.</param>
    public AvitoShards(int pictures)
    {
        Write("adverts", pictures, ("rules", 100), ("category", 300), ("title", 2500));
        Write("imagenet", pictures, ("class", 1000));
    }

    public string Home { get; } = Directory.CreateTempSubdirectory("altar-avito-").FullName;

    /// <summary>What puts the shards into recipes/avito.yaml.</summary>
    public IEnumerable<string> Overrides =>
    [
        $"data.sets.0.path={Path.Combine(Home, "adverts")}", $"data.sets.1.path={Path.Combine(Home, "imagenet")}",
        $"data.val.0.path={Path.Combine(Home, "adverts")}", $"data.val.1.path={Path.Combine(Home, "imagenet")}", "model.weights=none",
    ];

    public void Dispose() => Directory.Delete(Home, recursive: true);

    private void Write(string name, int pictures, params (string Column, int Labels)[] columns)
    {
        var photos = Directory.CreateDirectory(Path.Combine(Home, $"{name}-photos")).FullName;
        var list = new StringBuilder("image,").AppendJoin(',', columns.Select(column => column.Column)).Append('\n');
        for (var i = 0; i < pictures; i++)
        {
            var raster = new Raster(PixelSize.Square(40));
            new Seed(5).For(name).For(i).ToRandom().NextBytes(raster.Pixels);
            RasterWriter.Write(Path.Combine(photos, $"{i}.png"), raster);
            list.Append(CultureInfo.InvariantCulture, $"{i}.png,").AppendJoin(',', columns.Select(column => Cell(column, i))).Append('\n');
        }

        File.WriteAllText(Path.Combine(photos, "list.csv"), list.ToString());
        var shards = Path.Combine(Home, name);
        var index = new ShardWriter(ShardRows.Open(Path.Combine(photos, "list.csv")), shards, new ShardOptions(), new SetAside()).Write();
        var full = index with { Columns = [.. columns.Select(column => new ShardColumn(column.Column, [.. Enumerable.Range(0, column.Labels).Select(label => Name(column.Column, label))]))] };
        File.WriteAllText(Path.Combine(shards, ShardIndex.FileName), full.ToJson());
    }

    // Two rules for every second picture, none for the others.
    private static string Cell((string Column, int Labels) column, int picture) => column.Column switch
    {
        "rules" => picture % 2 == 0 ? $"{Name("rules", picture)};{Name("rules", 99 - picture)}" : "-",
        var other => Name(other, picture * 7 % column.Labels),
    };

    private static string Name(string column, int label) => string.Create(CultureInfo.InvariantCulture, $"{column} {label:D4}");
}
