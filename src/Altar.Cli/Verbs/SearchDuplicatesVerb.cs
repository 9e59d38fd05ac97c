using System.CommandLine;
using Altar.Cli.Output;
using Altar.Reports;
using Altar.Search;

namespace Altar.Cli.Verbs;

/// <summary><c>altar search duplicates</c>: photos of an index that show the same.</summary>
internal sealed class SearchDuplicatesVerb : Verb
{
    private const int ShownGroups = 20;

    private readonly Argument<string> _index = SearchOptions.Index();
    private readonly Option<double> _threshold = new("--threshold") { Description = "Cosine from which on two photos are near-duplicates, whatever they look like from afar.", HelpName = "COSINE", DefaultValueFactory = _ => new DuplicateOptions().Same };
    private readonly Option<string?> _picture = new("--picture") { Description = "Draws the groups: a .png, .jpg or .html file.", HelpName = "FILE" };

    public SearchDuplicatesVerb() : base("duplicates", "Groups the near-duplicates of an index, by what they look like from afar and by their embeddings together.",
        "altar search duplicates photos.index --picture duplicates.png", "altar search duplicates photos.index --threshold 0.95 --json")
    {
        Add(_index);
        Add(_threshold);
        Add(_picture);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var picture = words.GetValue(_picture);
        if (picture is not null) SearchSheet.RequireFormat(picture);
        using var index = IndexPlace.Open(words.GetValue(_index)!);
        using var progress = new PictureCount(screen, index.Count, TimeProvider.System);
        var groups = DuplicatePhotos.Find(index, new DuplicateOptions { Same = words.GetValue(_threshold) }, progress, interruption.Token);
        progress.Dispose();

        foreach (var group in groups.Take(ShownGroups)) screen.Line($"{Text.Share(group.Score)}  {string.Join(", ", group.Images)}");
        if (groups.Count > ShownGroups) screen.Line($"{groups.Count - ShownGroups} more groups; --json has all.");
        screen.Line($"{groups.Count} groups, {groups.Sum(group => group.Images.Count)} of {index.Count} photos");
        if (picture is not null && groups.Count > 0)
        {
            SearchSheet.SaveGroups(picture, groups, index.Card);
            screen.Line($"The groups are drawn in {picture}");
        }

        screen.Result(new { Photos = index.Count, Groups = groups.Select(group => new { group.Images, group.Score, group.Bits }), Picture = groups.Count > 0 ? picture : null });
        return ExitCode.Ok;
    }
}
