using System.CommandLine;
using Altar.Cli.Output;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar search</c>: finds photos by photos.</summary>
internal sealed class SearchVerb : Verb
{
    public SearchVerb() : base("search", "Finds photos by photos: builds an index, queries it, groups near-duplicates, scores the result.",
        "altar search build runs/quickstart-1 --images photos --out photos.index", "altar search query photos.index --image photo.jpg --picture found.png",
        "altar search duplicates photos.index", "altar search evaluate photos.index --label folder")
    {
        Add(new SearchBuildVerb());
        Add(new SearchQueryVerb());
        Add(new SearchDuplicatesVerb());
        Add(new SearchRemoveVerb());
        Add(new SearchEvaluateVerb());
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption) =>
        throw new BadInputException($"altar search: say what to do: {string.Join(", ", Subcommands.Select(verb => verb.Name))}. 'altar search --help' shows examples.");
}
