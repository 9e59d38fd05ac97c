using System.CommandLine;
using System.Text.RegularExpressions;

namespace Altar.Cli;

/// <summary>The words of a command before they are parsed.</summary>
internal static partial class Words
{
    /// <summary>Turns <c>--set a=1 b=2</c> into <c>--set a=1 --set b=2</c>, so that a list of overrides never swallows the recipe behind it.</summary>
    public static IReadOnlyList<string> SpreadOverrides(IReadOnlyList<string> words)
    {
        var spread = new List<string>();
        var afterSet = false;
        foreach (var word in words)
        {
            if (afterSet && spread[^1] != "--set" && Override().IsMatch(word)) spread.Add("--set");
            else if (spread is not [.., "--set"]) afterSet = word == "--set";
            spread.Add(word);
        }

        return spread;
    }

    /// <summary>What is wrong with the verb, with the nearest one; null where it is known or absent.</summary>
    public static string? FindUnknownVerb(IReadOnlyList<string> words, RootCommand root)
    {
        var verbs = root.Subcommands.Select(verb => verb.Name).ToList();
        var verb = words.FirstOrDefault(word => !word.StartsWith('-'));
        return verb is null || verbs.Contains(verb)
            ? null
            : $"altar: unknown verb {verb}. Did you mean {Nearest(verb, verbs)}? The verbs are {string.Join(", ", verbs)}.";
    }

    /// <summary>What is wrong with the first option that its verb does not know, with the nearest one that it does; null where all are known.</summary>
    public static string? FindUnknownOption(IReadOnlyList<string> words, RootCommand root)
    {
        var verb = words.Select(word => root.Subcommands.FirstOrDefault(known => known.Name == word)).FirstOrDefault(known => known is not null);
        var known = root.Options.Concat(verb?.Options ?? [])
            .SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal)).ToList();
        foreach (var word in words.TakeWhile(word => word != "--").Where(word => word.StartsWith("--", StringComparison.Ordinal)))
        {
            var name = word.Split('=', ':')[0];
            if (known.Contains(name)) continue;
            var place = verb is null ? "altar" : $"altar {verb.Name}";
            return $"{place}: unknown option {name}. Did you mean {Nearest(name, known)}? '{place} --help' lists them all.";
        }

        return null;
    }

    /// <summary>The candidate that the fewest letters tell from the word; among equals the one of its length.</summary>
    public static string Nearest(string word, IEnumerable<string> candidates) => 
        candidates.MinBy(candidate => (Distance(word, candidate), Math.Abs(word.Length - candidate.Length)))!;

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var replaced = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(row[j], row[j + 1]));
            }
        }

        return row[^1];
    }

    [GeneratedRegex(@"^[A-Za-z_][\w.\-]*=")]
    private static partial Regex Override();
}
