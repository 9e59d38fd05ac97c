using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Altar.Cli.Output;
using Altar.Reports;
using Altar.Search;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar search query</c>: the photos of an index that look like a given one.</summary>
internal sealed class SearchQueryVerb : Verb
{
    private readonly Argument<string> _index = SearchOptions.Index();
    private readonly Option<string> _image = new("--image") { Description = "The photo to search with.", HelpName = "FILE", Required = true };
    private readonly Option<int> _count = new("--k") { Description = "How many photos to find.", HelpName = "N", DefaultValueFactory = _ => 10 };
    private readonly Option<string?> _box = new("--box") { Description = "Searches with a part of the photo, in pixels of the upright picture.", HelpName = "x,y,w,h" };
    private readonly Option<string[]> _filter = new("--filter") { Description = "Finds only photos with this value; of a column named twice, with either.", HelpName = "column=value", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _picture = new("--picture") { Description = "Draws the results: a .png, .jpg or .html file.", HelpName = "FILE" };

    public SearchQueryVerb() : base("query", "Finds the photos of an index that look like a given one.",
        "altar search query photos.index --image photo.jpg", "altar search query photos.index --image photo.jpg --box 40,10,200,300 --filter category=shoes --picture found.png --json")
    {
        Add(_index);
        foreach (var option in (Option[])[_image, _count, _box, _filter, _picture, SearchOptions.Run, SearchOptions.Expansion, RecipeOptions.Device]) Add(option);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var (image, count, picture) = (words.GetValue(_image)!, words.GetValue(_count), words.GetValue(_picture));
        if (count < 1) throw new BadInputException($"--k: {count} photos; at least 1 is needed.");
        if (picture is not null) SearchSheet.RequireFormat(picture);
        var box = words.GetValue(_box) is { } text ? QueryBox.Parse(text) : (QueryBox?)null;
        var filter = SearchFilter.Parse(words.GetValue(_filter)!);
        var query = PhotoSearch.ReadQuery(image, box);
        using var search = PhotoSearch.Open(words.GetValue(_index)!, words.GetValue(SearchOptions.Run), words.GetValue(RecipeOptions.Device)!, words.GetValue(SearchOptions.Expansion));

        var clock = Stopwatch.StartNew();
        var hits = search.Find(query, count, filter);
        var milliseconds = clock.Elapsed.TotalMilliseconds;

        Print(hits, screen);
        if (picture is not null)
        {
            SearchSheet.Save(picture, Path.GetFileName(image), query, hits, search.Index.Card);
            screen.Line($"The results are drawn in {picture}");
        }

        screen.Result(new { Query = image, Results = hits.Select(hit => new { hit.Image, hit.Score, hit.Columns }), Photos = search.Index.Count, Milliseconds = milliseconds, Picture = picture });
        return ExitCode.Ok;
    }

    private static void Print(IReadOnlyList<SearchHit> hits, Screen screen)
    {
        if (hits.Count == 0)
        {
            screen.Line("No photo of the index passes the filter.");
            return;
        }

        var names = hits.SelectMany(hit => hit.Columns.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var table = Columns.Of(1 + names.Count, ["image", .. names, "score"]);
        foreach (var hit in hits)
            table.Add([hit.Image, .. names.Select(name => hit.Columns.GetValueOrDefault(name, "")), hit.Score.ToString("0.000", CultureInfo.InvariantCulture)]);
        screen.Write(table);
    }
}
