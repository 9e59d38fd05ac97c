using System.Globalization;
using System.Net;

namespace Altar.Reports;

/// <summary>Pieces of a page that needs nothing but itself.</summary>
internal static class Html
{
    /// <summary>Makes text harmless: names of classes and files may hold anything.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    public static string Section(string title, string body, string note = "") =>
        $"<section><h2>{Escape(title)}</h2>{(note.Length > 0 ? $"<p class=\"note\">{Escape(note)}</p>" : "")}{body}</section>\n";

    /// <summary>A table; a first column of names, numbers to the right of it.</summary>
    public static string Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows) =>
        $"<div class=\"scroll\"><table><thead><tr>{string.Concat(heads.Select(head => $"<th>{Escape(head)}</th>"))}</tr></thead><tbody>\n"
        + string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>\n"))
        + "</tbody></table></div>";

    /// <summary>A number that one looks for first.</summary>
    public static string Tile(string name, string value, string note = "") =>
        $"<div class=\"tile\"><span>{name}</span><b>{value}</b><small>{note}</small></div>";

    /// <summary>Names and what they are.</summary>
    public static string Facts(IEnumerable<(string Name, string Value)> facts) =>
        $"<div class=\"scroll\"><table class=\"facts\"><tbody>{string.Concat(facts.Select(fact => $"<tr><td>{Escape(fact.Name)}</td><td>{Escape(fact.Value)}</td></tr>\n"))}</tbody></table></div>";

    /// <summary>A share with a bar.</summary>
    public static string Bar(double share) => double.IsNaN(share)
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar\"><i style=\"width:{100 * Math.Clamp(share, 0, 1):0.#}%\"></i></span><span class=\"share\">{100 * share:0.0} %</span>");

    public static string Details(string summary, string body) => $"<details><summary>{Escape(summary)}</summary>{body}</details>";

    public static string List(IEnumerable<string> items) => $"<ul>{string.Concat(items.Select(item => $"<li>{Escape(item)}</li>"))}</ul>";

    /// <summary>A picture within the page.</summary>
    /// <param name="path">A PNG or JPEG file.</param>
    /// <param name="description">For readers who do not see it.</param>
    /// <param name="isDrawing">A drawing on white, which a dark page may turn dark; photos keep their colours.</param>
    public static string Picture(string path, string description, bool isDrawing)
    {
        var type = Path.GetExtension(path) == ".png" ? "image/png" : "image/jpeg";
        return $"<div class=\"picture{(isDrawing ? " drawing" : "")}\"><img alt=\"{Escape(description)}\" src=\"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}\"></div>";
    }

    /// <summary>The whole page. Its policy forbids the browser to fetch anything.</summary>
    public static string Page(string title, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <title>{Escape(title)}</title>
        <style>
        {Style()}</style>
        </head>
        <body><main>
        {body}</main></body>
        </html>

        """;

    private static string Style()
    {
        using var reader = new StreamReader(typeof(Html).Assembly.GetManifestResourceStream("Altar.Reports.report.css")!);
        return reader.ReadToEnd();
    }
}
