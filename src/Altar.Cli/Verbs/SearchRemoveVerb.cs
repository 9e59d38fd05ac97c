using System.CommandLine;
using Altar.Cli.Output;
using Altar.Search;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar search remove</c>: takes photos out of an index.</summary>
internal sealed class SearchRemoveVerb : Verb
{
    private const int Shown = 10;

    private readonly Argument<string> _index = SearchOptions.Index();
    private readonly Option<string[]> _image = new("--image") { Description = "The photo as the index names it; may be given again.", HelpName = "IMAGE", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _list = new("--list") { Description = "A text file with a photo a line.", HelpName = "FILE" };

    public SearchRemoveVerb() : base("remove", "Takes photos out of an index. The photos themselves stay where they are.",
        "altar search remove photos.index --image photos/1.jpg", "altar search remove photos.index --list sold.txt --json")
    {
        Add(_index);
        Add(_image);
        Add(_list);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var images = words.GetValue(_image)!.Concat(Listed(words.GetValue(_list))).Distinct(StringComparer.Ordinal).ToList();
        if (images.Count == 0) throw new BadInputException("altar search remove: name photos with --image or --list.");
        using var index = IndexPlace.Open(words.GetValue(_index)!, isWritable: true);
        var removed = index.Remove(images);
        List<string> unknown = [.. images.Except(removed, StringComparer.Ordinal)];
        if (removed.Count == 0) throw new BadInputException($"{index.Source}: none of {images.Count} photos is in the index, e.g. {images[0]}. Write them as 'altar search query' shows them.");
        index.Save();

        foreach (var image in unknown.Take(Shown)) screen.Warn($"{image} is not in the index");
        if (unknown.Count > Shown) screen.Warn($"{unknown.Count - Shown} more are not in the index");
        screen.Line($"{removed.Count} photos are taken out, {index.Count} are left");
        screen.Result(new { Removed = removed.Count, Unknown = unknown, Vectors = index.Count });
        return ExitCode.Ok;
    }

    private static IEnumerable<string> Listed(string? path)
    {
        if (path is null) return [];
        if (!File.Exists(path)) throw new BadInputException($"--list: {path}: no such file.");
        return File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0);
    }
}
