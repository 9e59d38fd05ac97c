using System.Text.RegularExpressions;
using Altar.Tensors;

namespace Altar.Inference.Heads;

/// <summary>A text with slots that heads fill: "{title} in {category}". A title may have slots itself.</summary>
public sealed partial class TitleTemplate
{
    private readonly string _text;

    /// <summary>Takes a text.</summary>
    /// <param name="text">With the names of heads in braces.</param>
    /// <param name="heads">The names of all heads.</param>
    /// <exception cref="BadInputException">A slot is no head.</exception>
    public TitleTemplate(string text, IEnumerable<string> heads)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(heads);
        string[] names = [.. heads];
        if (UnknownSlot(text, names) is { } slot) throw new BadInputException($"template: {{{slot}}} is no head; the heads are {string.Join(", ", names)}. Write {{{NearestName.Of(slot, names)}}}, or leave the braces out.");
        _text = text;
    }

    /// <summary>The first slot of a template that no head fills; null where all are known.</summary>
    /// <param name="text">The template.</param>
    /// <param name="heads">The names of all heads.</param>
    public static string? UnknownSlot(string text, IEnumerable<string> heads)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Slots().Matches(text).Select(match => match.Groups[1].Value).FirstOrDefault(slot => !heads.Contains(slot));
    }

    /// <summary>Fills the slots.</summary>
    /// <param name="answers">What each head says.</param>
    public string Fill(IReadOnlyList<HeadAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return Filled(Filled(_text, answers), answers);   // again for slots within a title; once, so that none runs in a circle
    }

    // What is no head stays as it is: a class may have braces in its name.
    private static string Filled(string text, IReadOnlyList<HeadAnswer> answers) =>
        Slots().Replace(text, match => answers.FirstOrDefault(answer => answer.Head.Name == match.Groups[1].Value)?.Text ?? match.Value);

    [GeneratedRegex(@"\{([A-Za-z0-9_-]+)\}")]
    private static partial Regex Slots();
}
