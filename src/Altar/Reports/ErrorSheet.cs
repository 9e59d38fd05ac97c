using System.Globalization;
using Altar.Metrics;

namespace Altar.Reports;

/// <summary>The worst errors as one picture: photos with their truth and what they were taken for.</summary>
public static class ErrorSheet
{
    private const int Columns = 6;

    /// <summary>Draws and writes the sheet. Photos that cannot be read any more are empty frames; without errors it says so.</summary>
    /// <param name="path">The JPEG file.</param>
    /// <param name="predictions">What the network said.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="count">Most photos. Default 24.</param>
    public static void Save(string path, IReadOnlyList<Prediction> predictions, IReadOnlyList<string> classes, int count = 24)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var errors = WorstErrors.Of(predictions, int.MaxValue);
        var cells = errors.Take(count).Select(error => PhotoCell.Of(
            error.Path, classes[error.Truth], string.Create(CultureInfo.InvariantCulture, $"→ {classes[error.Guess]} {100 * error.GuessProbability:0} %")));
        PhotoGrid.Save(path, Title(errors.Count, predictions.Count, count), [.. cells.Chunk(Columns).Select(row => new PhotoRow(row))]);
    }

    private static string Title(int errors, int pictures, int count) => errors switch
    {
        0 => $"No errors among {pictures} pictures",
        _ when errors > count => $"The {count} worst of {errors} errors among {pictures} pictures: truth → guess",
        _ => $"The {errors} errors among {pictures} pictures: truth → guess",
    };
}
