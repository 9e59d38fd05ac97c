using System.Globalization;
using Altar.Tensors;

namespace Altar.Datasets.Heads;

/// <summary>One head: its classes, and where its targets and outputs lie among those of all heads.</summary>
/// <remarks>
/// Slots of a target: a class or title is one (the class, or -1 for no label); labels are K (1 yes, 0 no, -1 no label); a value is one
/// (the bits of the double, or <see cref="NoValue"/>). Outputs: K logits, for a value one number.
/// </remarks>
public sealed class HeadPlace
{
    /// <summary>The slot of a class or label that is not known.</summary>
    public const long NoLabel = -1;

    /// <summary>The slot of a value that is not known; the bits of no value: of -0.0, which is written as 0.</summary>
    public const long NoValue = long.MinValue;

    /// <summary>A text that stands for labels of which none applies; an empty one means that they are not known.</summary>
    public const string NoneOfThem = "-";

    private readonly Dictionary<string, int> _numbers;

    internal HeadPlace(HeadSpec spec, IReadOnlyList<string> classes, int firstSlot, int firstOutput)
    {
        (Name, Kind, SplitsWords, Classes, FirstSlot, FirstOutput) = (spec.Name, spec.Kind, spec.SplitsWords, classes, firstSlot, firstOutput);
        _numbers = classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it says.</summary>
    public HeadKind Kind { get; }

    /// <summary>Whether its labels are the words of a text.</summary>
    public bool SplitsWords { get; }

    /// <summary>Its K classes or labels, in the order of the outputs; empty for a value.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Its first slot in a sample's target.</summary>
    public int FirstSlot { get; }

    /// <summary>Its slots: K for labels, else 1.</summary>
    public int Slots => Kind == HeadKind.Multi ? Classes.Count : 1;

    /// <summary>Its first column in the outputs of all heads.</summary>
    public int FirstOutput { get; }

    /// <summary>Its columns: K, or 1 for a value.</summary>
    public int Outputs => Kind == HeadKind.Value ? 1 : Classes.Count;

    /// <summary>A value as a slot.</summary>
    /// <param name="value">Finite.</param>
    public static long ToSlot(double value) => BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value);

    /// <summary>The value of a slot; NaN where it is not known.</summary>
    /// <param name="slot">From <see cref="ToSlot"/>, or <see cref="NoValue"/>.</param>
    public static double ToValue(long slot) => slot == NoValue ? double.NaN : BitConverter.Int64BitsToDouble(slot);

    /// <summary>The labels in a text, as it is written in a manifest: one, or for <see cref="HeadKind.Multi"/> several with ; between them (in JSON also a list), or its words.</summary>
    /// <param name="kind">What the head says.</param>
    /// <param name="text">The text; empty means none.</param>
    /// <param name="splitsWords">Whether the labels are its words.</param>
    public static IReadOnlyList<string> LabelsIn(HeadKind kind, string text, bool splitsWords = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0 || kind == HeadKind.Value) return [];
        if (kind != HeadKind.Multi) return [text];
        if (text == NoneOfThem) return [];
        return splitsWords
            ? [.. Words(text).Distinct()]
            : [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }

    /// <summary>Whether a sample's target has a label of this head.</summary>
    /// <param name="target">All slots of the sample.</param>
    public bool IsLabelled(ReadOnlySpan<long> target) => Slots > 0 && target[FirstSlot] != (Kind == HeadKind.Value ? NoValue : NoLabel);

    /// <summary>Writes a label, as a manifest has it, into the head's slots.</summary>
    /// <param name="text">The text of the cell; null or empty means that the label is not known.</param>
    /// <param name="where">Where it stands, for messages.</param>
    /// <param name="target">All slots of the sample.</param>
    /// <exception cref="BadInputException">No such class, or no number.</exception>
    public void Write(string? text, string where, Span<long> target)
    {
        var slots = target.Slice(FirstSlot, Slots);
        var label = text?.Trim() ?? "";
        if (Kind == HeadKind.Value)
        {
            slots[0] = label.Length == 0 ? NoValue : ToSlot(Number(label, where));
        }
        else if (label.Length == 0)
        {
            slots.Fill(NoLabel);
        }
        else if (Kind == HeadKind.Multi)
        {
            slots.Clear();
            foreach (var one in LabelsIn(Kind, label, SplitsWords)) Mark(one, where, slots);
        }
        else
        {
            slots[0] = Find(label, where);
        }
    }

    // Words that no training text had are left out, as one leaves out unknown words; an unknown label is an error.
    private void Mark(string label, string where, Span<long> slots)
    {
        if (!SplitsWords) slots[Find(label, where)] = 1;
        else if (_numbers.TryGetValue(label, out var word)) slots[word] = 1;
    }

    private int Find(string label, string where) => _numbers.TryGetValue(label, out var number)
        ? number
        : throw new BadInputException($"{where}: label '{label}' is not among the {Classes.Count} classes of head {Name} ({Names.Few(Classes)}). Did you mean {NearestName.Of(label, Classes)}? Correct it, add it to the head's classes, or leave the cell empty.");

    private double Number(string text, string where) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new BadInputException($"{where}: '{text}' is no number, which head {Name} needs. Write one such as 3.5, or leave the cell empty.");

    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isLetter = i < text.Length && (char.IsLetterOrDigit(text[i]) || (text[i] is '-' or '\'' && start >= 0));
            if (isLetter && start < 0) start = i;
            if (isLetter || start < 0) continue;
            yield return text[start..i].TrimEnd('-', '\'').ToLowerInvariant();
            start = -1;
        }
    }
}
