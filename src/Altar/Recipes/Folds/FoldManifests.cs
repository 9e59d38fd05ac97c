using Altar.Datasets;
using Altar.Reports;
using Altar.Tensors;

namespace Altar.Recipes.Folds;

/// <summary>The two sides of each fold as manifests, so that a fold is a run like any other.</summary>
internal sealed class FoldManifests
{
    private readonly string _folder;
    private readonly DataOptions _data;

    public FoldManifests(string folder, DataOptions data) => (_folder, _data) = (folder, data);

    /// <summary>Writes train-1.csv, val-1.csv and on; the same bytes for the same pictures and seed.</summary>
    /// <param name="set">All pictures.</param>
    /// <param name="places">The fold of each, from 0; -1 for those that are always learnt from.</param>
    /// <param name="folds">How many.</param>
    /// <exception cref="BadInputException">Other folds were begun in the folder.</exception>
    public void Write(PictureSet set, int[] places, int folds)
    {
        for (var fold = 0; fold < folds; fold++)
        {
            Write(Path("train", fold), set, index => places[index] != fold);
            Write(Path("val", fold), set, index => places[index] == fold);
        }
    }

    /// <summary>The recipe's data for one fold.</summary>
    /// <param name="fold">From 0.</param>
    public DataOptions DataOf(int fold) => _data with { Train = Path("train", fold), Val = Path("val", fold), Generate = null };

    private string Path(string side, int fold) => System.IO.Path.Combine(_folder, $"{side}-{fold + 1}.csv");

    // The columns keep the names that the recipe knows, which model cards repeat.
    private void Write(string path, PictureSet set, Func<int, bool> isIn)
    {
        string[] header = [_data.Image, _data.Label, .. _data.Group is { } group ? [group] : Array.Empty<string>()];
        var rows = set.Samples.Where((_, index) => isIn(index)).Select(sample => CsvLine.Write(
            [System.IO.Path.GetFullPath(sample.Path), set.Classes[sample.Label], .. _data.Group is null ? [] : new[] { sample.Group ?? "" }]));
        var text = string.Concat(rows.Prepend(CsvLine.Write(header)).Select(row => row + "\n"));
        if (!File.Exists(path)) AtomicFile.WriteText(path, text);
        else if (File.ReadAllText(path) != text) throw Changed(path);
    }

    // Other folds would judge pictures by networks that learnt from them.
    private static BadInputException Changed(string path) =>
        new($"{path}: the folds were begun with other pictures, another seed or another number of folds. Resume with those, or choose another --out.");
}
