using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>A picture and the text of its label, before classes have numbers.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">The class as written.</param>
/// <param name="Group">What must stay together, or null.</param>
/// <param name="Where">Where it is listed, for messages.</param>
internal readonly record struct LabelledFile(string Path, string Label, string? Group, string Where)
{
    /// <summary>Numbers the classes: those given, else the labels by ordinal order.</summary>
    /// <exception cref="BadInputException">A label is not among the classes given.</exception>
    public static PictureSet ToSet(string source, IReadOnlyList<LabelledFile> files, IReadOnlyList<string>? classes)
    {
        classes ??= [.. files.Select(file => file.Label).Distinct().Order(StringComparer.Ordinal)];
        var numbers = classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        var samples = new List<Sample>(files.Count);
        foreach (var file in files)
        {
            if (!numbers.TryGetValue(file.Label, out var number))
                throw new BadInputException($"{file.Where}: label '{file.Label}' is not among the {classes.Count} classes of the training pictures ({Names.Few(classes)}). Add training pictures of it, or correct or leave out this one.");
            samples.Add(new Sample(file.Path, number, file.Group));
        }

        return new PictureSet(source, classes, samples);
    }
}
