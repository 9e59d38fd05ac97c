using Altar.Augmentation;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Reports;

/// <summary>What augmentation makes of photos, as one picture: each photo in a row with what was drawn from it.</summary>
public static class AugmentationSheet
{
    /// <summary>Draws and writes the sheet. Photos that cannot be read are empty frames.</summary>
    /// <param name="path">The JPEG file.</param>
    /// <param name="title">The heading, e.g. the preset's name.</param>
    /// <param name="photos">The files.</param>
    /// <param name="augmenter">Makes the views.</param>
    /// <param name="seed">The same seed gives the same sheet.</param>
    /// <param name="draws">Views of each photo. Default 7.</param>
    public static void Save(string path, string title, IReadOnlyList<string> photos, Augmenter augmenter, Seed seed, int draws = 7)
    {
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentNullException.ThrowIfNull(augmenter);
        PhotoGrid.Save(path, title, [.. photos.Select((photo, index) => Row(photo, augmenter, seed.For("preview").For(index), draws))]);
    }

    private static PhotoRow Row(string photo, Augmenter augmenter, Seed seed, int draws)
    {
        var original = new Lazy<Raster?>(() => PhotoCell.TryRead(photo));   // decoded once, when its row is drawn
        return new PhotoRow(
        [
            new PhotoCell(() => original.Value),
            .. Enumerable.Range(0, draws).Select(draw => new PhotoCell(
                () => original.Value is { } raster ? augmenter.Render(raster, augmenter.Draw(seed.For(draw).ToRandom(), raster.Size)) : null)),
        ]);
    }
}
