using System.CommandLine;
using System.Text.RegularExpressions;
using Altar.Cli.Verbs;

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

    /// <summary>What is wrong with the verb, or with the verb of a verb, with the nearest one; null where it is known or absent.</summary>
    public static string? FindUnknownVerb(IReadOnlyList<string> words, RootCommand root)
    {
        var (command, rest) = Descend(words, root);
        var word = rest.FirstOrDefault(word => !word.StartsWith('-'));
        if (word is null || command.Subcommands.Count == 0) return null;
        var verbs = command.Subcommands.Select(verb => verb.Name).ToList();
        return $"{Address(command)}: unknown verb {word}. Did you mean {Nearest(word, verbs)}? The verbs are {string.Join(", ", verbs)}.";
    }

    /// <summary>What is wrong with the first option that its verb does not know, with the nearest one that it does; null where all are known.</summary>
    public static string? FindUnknownOption(IReadOnlyList<string> words, RootCommand root)
    {
        var command = Descend(words, root).Command;
        var known = root.Options.Concat(command.Options)
            .SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal)).ToList();
        foreach (var word in words.TakeWhile(word => word != "--").Where(word => word.StartsWith("--", StringComparison.Ordinal)))
        {
            var name = word.Split('=', ':')[0];
            if (known.Contains(name)) continue;
            return $"{Address(command)}: unknown option {name}. Did you mean {Nearest(name, known)}? '{Address(command)} --help' lists them all.";
        }

        return null;
    }

    /// <summary>How a command is called: "altar", "altar train", "altar inria evaluate".</summary>
    public static string Address(Command command) => command is Verb verb ? $"altar {verb.FullName}" : "altar";

    // The command that the words come to, and the words that are left of it.
    private static (Command Command, IReadOnlyList<string> Remaining) Descend(IReadOnlyList<string> words, Command root)
    {
        var (command, rest) = (root, words.ToList());
        while (rest.Find(word => !word.StartsWith('-')) is { } word && command.Subcommands.FirstOrDefault(known => known.Name == word) is { } next)
        {
            command = next;
            rest.Remove(word);
        }

        return (command, rest);
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
