using System.Globalization;
using Altar.Images;
using Altar.Networks.Weights;
using Altar.Reports;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;
using static TorchSharp.torch;

namespace Altar.Recipes;

/// <summary>Keeps a batch whose loss was no number: its tensors, its pictures as the network saw them, and where they came from.</summary>
internal static class FailedBatch
{
    private const int MostPictures = 64, PicturesInRow = 8;

    /// <summary>Writes <c>nonfinite-STEP/</c> into the run folder. The same step failing again replaces it.</summary>
    /// <param name="failure">What happened, with its batch.</param>
    /// <param name="folder">The run.</param>
    /// <param name="normalization">What was subtracted and divided by.</param>
    /// <param name="pathOf">The file of a training sample.</param>
    /// <returns>The folder.</returns>
    public static string Write(StepFailure failure, RunFolder folder, Normalization normalization, Func<int, string> pathOf)
    {
        var batch = failure.Batch ?? throw new ArgumentException("There is no batch.", nameof(failure));
        var step = failure.State.Steps + 1;
        var path = folder.In(string.Create(CultureInfo.InvariantCulture, $"nonfinite-{step}"));
        AtomicFolder.Write(path, coming =>
        {
            Safetensors.Write(Path.Combine(coming, "batch.safetensors"), new Dictionary<string, Tensor> { ["images"] = batch.Images, ["targets"] = batch.Labels }, Notes(failure, step));
            AtomicFile.WriteText(Path.Combine(coming, "samples.csv"), Rows(batch.Samples, pathOf));
            if (batch.Images.dim() == 4) Draw(Path.Combine(coming, "batch.png"), failure, normalization, [.. batch.Samples.Select(pathOf)]);
        });
        return path;
    }

    private static Dictionary<string, string> Notes(StepFailure failure, int step) => new()
    {
        ["stage"] = failure.Session.Stage.Name,
        ["step"] = step.ToString(CultureInfo.InvariantCulture),
        ["rate"] = failure.Rate.ToString(CultureInfo.InvariantCulture),
        ["loss"] = failure.Loss.ToString(CultureInfo.InvariantCulture),
    };

    private static string Rows(IReadOnlyList<int> samples, Func<int, string> pathOf) =>
        string.Concat(samples.Select(sample => CsvLine.Write(sample, pathOf(sample)) + "\n").Prepend("sample,path\n"));

    private static void Draw(string file, StepFailure failure, Normalization normalization, List<string> paths)
    {
        using var images = failure.Batch!.Images.detach().cpu().contiguous();   // [N, C, H, W]
        var (count, channels, height, width) = Shape.Nchw(images, nameof(images));
        var numbers = images.data<float>().ToArray();
        GC.KeepAlive(images);
        var cells = Enumerable.Range(0, (int)Math.Min(count, MostPictures)).Select(index => new PhotoCell(
            () => Picture(numbers.AsSpan((int)(index * channels * height * width), (int)(channels * height * width)), (int)channels, new PixelSize((int)width, (int)height), normalization),
            Path.GetFileName(paths[index])));
        var title = $"{failure.Session.Stage.Name}, step {failure.State.Steps + 1}: loss {failure.Loss.ToString(CultureInfo.InvariantCulture)}; {count} pictures as the network saw them";
        PhotoGrid.Save(file, title, [.. cells.Chunk(PicturesInRow).Select(row => new PhotoRow(row))]);
    }

    private static Raster Picture(ReadOnlySpan<float> numbers, int channels, PixelSize size, Normalization normalization)
    {
        var raster = new Raster(size);
        var plane = size.Width * size.Height;
        for (var pixel = 0; pixel < plane; pixel++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var number = (numbers[(Math.Min(channel, channels - 1) * plane) + pixel] * normalization.Std[channel]) + normalization.Mean[channel];
                raster.Pixels[(pixel * 3) + channel] = float.IsNaN((float)number) ? (byte)0 : (byte)Math.Round(Math.Clamp(number, 0, 1) * 255);
            }
        }

        return raster;
    }
}
