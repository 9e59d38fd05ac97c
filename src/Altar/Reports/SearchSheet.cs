using System.Globalization;
using Altar.Images;
using Altar.Search;
using Altar.Tensors;

namespace Altar.Reports;

/// <summary>Photos that were found, as a picture (.png, .jpg) or a page (.html).</summary>
public static class SearchSheet
{
    private const int PerRow = 6, MostGroups = 60;

    /// <summary>Refuses a file that cannot be drawn, before anything is searched.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">Another ending than .png, .jpg, .jpeg or .html.</exception>
    public static void RequireFormat(string path)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".png" or ".jpg" or ".jpeg" or ".html"))
            throw new BadInputException($"--picture: {path} is no .png, .jpg or .html file.");
    }

    /// <summary>Draws a query and what it found, the most similar first.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call the query.</param>
    /// <param name="query">Its picture, or the part that was searched with.</param>
    /// <param name="hits">What it found.</param>
    /// <param name="card">The index's card, which knows where its photos lie.</param>
    public static void Save(string path, string name, Raster query, IReadOnlyList<SearchHit> hits, IndexCard card)
    {
        ArgumentNullException.ThrowIfNull(hits);
        ArgumentNullException.ThrowIfNull(card);
        IEnumerable<PhotoRow> rows = hits.Select(hit => PhotoCell.Of(card.PathOf(hit.Image), $"{Score(hit.Score)}  {string.Join(", ", hit.Columns.Values)}"))
            .Chunk(PerRow).Select(cells => new PhotoRow(cells));
        Draw(path, $"Photos like {name}", [new PhotoRow([new PhotoCell(() => query, "searched with")]), .. rows]);
    }

    /// <summary>Draws groups of near-duplicates, the first 60.</summary>
    /// <param name="path">The file.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="card">The index's card, which knows where its photos lie.</param>
    public static void SaveGroups(string path, IReadOnlyList<DuplicateGroup> groups, IndexCard card)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(card);
        var rows = groups.Take(MostGroups).Select(group => new PhotoRow(
            [.. group.Images.Take(PerRow).Select(image => PhotoCell.Of(card.PathOf(image), Path.GetFileName(image)))],
            string.Create(CultureInfo.InvariantCulture, $"{group.Images.Count} photos, joined at {group.Score:0.000} and above")));
        Draw(path, ReportNumbers.Text($"Near-duplicates: {Math.Min(MostGroups, groups.Count)} of {groups.Count} groups"), [.. rows]);
    }

    private static string Score(double score) => score.ToString("0.000", CultureInfo.InvariantCulture);

    private static void Draw(string path, string title, IReadOnlyList<PhotoRow> rows)
    {
        RequireFormat(path);
        if (!path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
        {
            PhotoGrid.Save(path, title, rows);
            return;
        }

        var drawing = $"{path}.jpg";
        try
        {
            PhotoGrid.Save(drawing, title, rows);
            AtomicFile.WriteText(path, Html.Page(title, Html.Section(title, Html.Picture(drawing, title, isDrawing: false))));
        }
        finally
        {
            File.Delete(drawing);
        }
    }
}
