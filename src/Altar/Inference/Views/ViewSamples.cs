using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Inference.Views;

/// <summary>Pictures with all their crops below each other in one tall input, so that each picture is read once. What cannot be read is set aside.</summary>
/// <param name="samples">The pictures.</param>
/// <param name="crops">The views, from the top; at least one.</param>
/// <param name="target">Size of the network's input: of one view.</param>
/// <param name="normalization">How bytes become numbers.</param>
/// <param name="setAside">Where damaged pictures are listed.</param>
internal sealed class ViewSamples(IReadOnlyList<Sample> samples, IReadOnlyList<CropView> crops, PixelSize target, Normalization normalization, SetAside setAside) : ISampleSource
{
    private readonly Augmenter _augmenter = new(AugmentationOptions.None, target);

    public int Count => samples.Count;

    public PixelSize Size => new(target.Width, target.Height * crops.Count);

    public int Channels => 3;

    public IReadOnlyList<long> TargetShape => [];

    public bool TryFill(int sample, Seed chance, Span<float> input, Span<long> label)
    {
        if (Read(samples[sample].Path) is not var (picture, draws)) return false;
        var length = input.Length / crops.Count;
        for (var i = 0; i < draws.Length; i++) _augmenter.Apply(picture, draws[i], normalization, input.Slice(i * length, length));
        label[0] = samples[sample].Label;
        return true;
    }

    private (Raster Picture, AugmentationDraw[] Draws)? Read(string path)
    {
        if (setAside.Contains(path)) return null;
        try
        {
            var size = RasterReader.ReadHeader(path).Size;
            AugmentationDraw[] draws = [.. crops.Select(crop => crop.Of(size, target))];
            var least = draws.Select(draw => draw.AtLeast()).MaxBy(needed => needed.Area);   // all keep the picture's shape
            return (RasterReader.Read(path, new ReadOptions { AtLeast = least }), draws);
        }
        catch (DamagedPictureException damage)
        {
            setAside.Add(path, damage.Reason);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            setAside.Add(path, $"cannot be opened: {error.Message.TrimEnd('.')}");
        }

        return null;
    }
}
