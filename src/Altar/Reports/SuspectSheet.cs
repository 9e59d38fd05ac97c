using System.Globalization;
using Altar.Tensors;

namespace Altar.Reports;

/// <summary>A training picture whose label looks wrong.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">The class it has.</param>
/// <param name="Guess">The class that the network takes it for.</param>
/// <param name="Disagreement">By how much the guess was likelier than the label, as a mean over late views, 0 to 1.</param>
/// <param name="Loss">Its mean loss over late views.</param>
public sealed record SuspectedLabel(string Path, string Label, string Guess, double Disagreement, double Loss);

/// <summary>Lists pictures whose labels look wrong: <c>suspects.csv</c> with all of them, <c>suspects.jpg</c> with the surest.</summary>
public static class SuspectSheet
{
    /// <summary>Names of the files in the run folder.</summary>
    public const string ListName = "suspects.csv", PictureName = "suspects.jpg";

    private const int Columns = 6, MostPhotos = 36;

    /// <summary>Writes both files.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="suspects">The surest first; none gives an empty list.</param>
    /// <param name="pictures">Training pictures that were looked at.</param>
    public static void Save(string folder, IReadOnlyList<SuspectedLabel> suspects, int pictures)
    {
        ArgumentNullException.ThrowIfNull(suspects);
        var lines = suspects.Select(suspect => CsvLine.Write(suspect.Path, suspect.Label, suspect.Guess, Math.Round(suspect.Disagreement, 4), Math.Round(suspect.Loss, 4)));
        AtomicFile.WriteText(Path.Combine(folder, ListName), string.Concat(lines.Prepend("image,label,guess,disagreement,loss").Select(line => line + "\n")));

        var cells = suspects.Take(MostPhotos).Select(suspect => PhotoCell.Of(
            suspect.Path, suspect.Label, string.Create(CultureInfo.InvariantCulture, $"→ {suspect.Guess} +{100 * suspect.Disagreement:0} %")));
        var shown = suspects.Count > MostPhotos ? $"The surest {MostPhotos} of {suspects.Count}" : $"{suspects.Count}";
        PhotoGrid.Save(Path.Combine(folder, PictureName), $"{shown} labels among {pictures} training pictures look wrong: label → guess", [.. cells.Chunk(Columns).Select(row => new PhotoRow(row))]);
    }

    /// <summary>The section of a run's report; null where the run has no list.</summary>
    /// <param name="folder">The run folder.</param>
    public static ReportSection? Section(string folder) => File.Exists(Path.Combine(folder, PictureName))
        ? new ReportSection("Labels that look wrong", "While the network learnt, it was sure of another class: look at them before the next run. All are in suspects.csv.") { Picture = Path.Combine(folder, PictureName) }
        : null;
}
