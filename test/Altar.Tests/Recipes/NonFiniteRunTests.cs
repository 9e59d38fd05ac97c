using Altar.Augmentation;
using Altar.Images;
using Altar.Networks.Weights;
using Altar.Recipes;
using Altar.Training;

namespace Altar.Tests.Recipes;

/// <summary>A whole run whose second step is no number.</summary>
public sealed class NonFiniteRunTests : IDisposable
{
    private readonly StripedFolder _pictures = new(train: 40, val: 20);

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Its_batch_is_kept_and_the_run_ends_at_a_lower_rate()
    {
        var warnings = new List<string>();
        var recipe = new Recipe
        {
            Data = new() { Train = _pictures.Train, Val = _pictures.Val, Size = PixelSize.Square(32), Threads = 1 },
            Model = new() { Name = "resnet20_cifar", Weights = "none" },
            OnNonfinite = new() { Factor = 1e-32 },
            Stages = [new() { Name = "wild", Epochs = 2, Batch = 10, Rate = 1e30, Augment = AugmentationOptions.None }],
        };
        var run = Path.Combine(_pictures.Home, "run");

        var result = TrainingRun.Execute(recipe, new RunOptions { Folder = run, Device = "cpu" }, new Warnings(warnings), CancellationToken.None);

        Assert.False(result.Interrupted);
        Assert.Equal([1e-2, 1e-2], File.ReadLines(Path.Combine(run, "metrics.csv")).Skip(1).Select(line => double.Parse(line.Split(',')[3], System.Globalization.CultureInfo.InvariantCulture)), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(1 + 8, File.ReadLines(Path.Combine(run, "steps.csv")).Count());   // those before going back are done again
        var kept = Assert.Single(Directory.GetDirectories(run, "nonfinite-*"));
        Assert.Contains($"The batch is in {kept}.", Assert.Single(warnings), StringComparison.Ordinal);
        using var batch = WeightsFile.Read(Path.Combine(kept, "batch.safetensors"));
        Assert.Equal([10, 3, 32, 32], batch.Tensors["images"].shape);
        Assert.Equal("wild", batch.Metadata["stage"]);
        var rows = File.ReadAllLines(Path.Combine(kept, "samples.csv"));
        Assert.Equal(("sample,path", 1 + 10), (rows[0], rows.Length));
        Assert.All(rows.Skip(1), row => Assert.True(File.Exists(row.Split(',')[1]), row));
        Assert.Equal(8 * 214 + 14, RasterReader.Read(Path.Combine(kept, "batch.png")).Size.Width);
    }

    private sealed class Warnings(List<string> texts) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value is TrainingEvent.Warning warning) texts.Add(warning.Text);
        }
    }
}
