using System.CommandLine;
using System.Text.RegularExpressions;
using Altar.Cli.Verbs;
using Altar.Tensors;

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
        return $"{Address(command)}: unknown verb {word}. Did you mean {NearestName.Of(word, verbs)}? The verbs are {string.Join(", ", verbs)}.";
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
            return $"{Address(command)}: unknown option {name}. Did you mean {NearestName.Of(name, known)}? '{Address(command)} --help' lists them all.";
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

    [GeneratedRegex(@"^[A-Za-z_][\w.\-]*=")]
    private static partial Regex Override();
}
