using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Reports;

/// <summary>Some photos of each class as one picture, to see what the labels mean.</summary>
public static class ContactSheet
{
    private const int MostClasses = 40;

    /// <summary>Draws and writes the sheet: a row a class, drawn by chance. Above 40 classes the first 40 are shown, and the title says so.</summary>
    /// <param name="path">The JPEG file.</param>
    /// <param name="set">The pictures.</param>
    /// <param name="seed">Chooses the photos.</param>
    /// <param name="perClass">Most photos of a class. Default 8.</param>
    public static void Save(string path, PictureSet set, Seed seed, int perClass = 8)
    {
        ArgumentNullException.ThrowIfNull(set);
        var ofClass = set.Samples.ToLookup(sample => sample.Label);
        var rows = set.Classes.Take(MostClasses).Select((name, label) => Row(name, [.. ofClass[label]], seed.For("contact").For(label).ToRandom(), perClass));
        var shown = set.Classes.Count > MostClasses ? $", the first {MostClasses} of them" : "";
        PhotoGrid.Save(path, $"{set.Samples.Count} pictures, {set.Classes.Count} classes{shown}", [.. rows]);
    }

    private static PhotoRow Row(string name, Sample[] samples, Random random, int perClass)
    {
        random.Shuffle(samples);
        return new PhotoRow([.. samples.Take(perClass).Select(sample => PhotoCell.Of(sample.Path))], $"{name}: {samples.Length}");
    }
}
