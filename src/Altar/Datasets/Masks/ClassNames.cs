using System.Globalization;
using Altar.Datasets.Boxes;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>The classes of a masked set and what annotations call them.</summary>
internal sealed class ClassNames
{
    /// <summary>What the class of everything else is called.</summary>
    public const string Background = "background";

    private const string IgnoredName = "ignored";

    private readonly Dictionary<string, byte> _labels = new(StringComparer.Ordinal);
    private readonly bool _takesAll;

    public ClassNames(DataOptions options)
    {
        Classes = options.Classes;
        if (Classes.Count is 0 or > Mask.Ignored) throw new BadInputException($"data.classes names {Classes.Count} classes. Write 1 to 255 names, e.g. --set data.classes=[building]; with one name everything else is background.");
        if (Classes.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new BadInputException($"data.classes names '{twice.Key}' twice. Remove one.");
        foreach (var (index, name) in Classes.Index()) _labels[name] = (byte)(IsBinary ? index + 1 : index);
        _takesAll = IsBinary && (options.Names?.Count ?? 0) == 0;
        foreach (var (name, target) in options.Names ?? new Dictionary<string, string>()) _labels[name] = ValueOf(target, "names");
    }

    public IReadOnlyList<string> Classes { get; }

    /// <summary>One class against the background.</summary>
    public bool IsBinary => Classes.Count == 1;

    /// <summary>Values that masks may have, from 0.</summary>
    public int Values => IsBinary ? 2 : Classes.Count;

    /// <summary>Whether pixels of a value belong to things rather than to the background.</summary>
    public bool IsObject(int value) => IsBinary ? value == 1 : !string.Equals(Classes[value], Background, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a value is called.</summary>
    public string NameOf(int value) => IsBinary ? (value == 1 ? Classes[0] : Background) : Classes[value];

    /// <summary>The value of a marked thing.</summary>
    /// <exception cref="BadInputException">No class is called so; <paramref name="where"/> begins the message.</exception>
    public byte LabelOf(MarkedObject item, string where)
    {
        if (item.IsIgnored) return Mask.Ignored;
        if (_takesAll) return 1;
        if (_labels.TryGetValue(item.Name, out var label)) return label;
        if (int.TryParse(item.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new BadInputException($"{where}: a thing is of class {item.Name}, a number. Say which class that is: data.names={{{item.Name}: {Classes[^1]}}}; 'background' and 'ignored' are allowed too.");
        throw new BadInputException($"{where}: a thing is called '{item.Name}', which is none of the classes ({Names.Few([.. Classes])}). Add it to data.classes, or say what it is: data.names={{{item.Name}: {Classes[^1]}}}; 'background' and 'ignored' are allowed too.");
    }

    /// <summary>The value of a class by its name, or of "ignored" pixels.</summary>
    /// <exception cref="BadInputException">There is no such class.</exception>
    public byte ValueOf(string name, string key)
    {
        for (var index = 0; index < Classes.Count; index++)
            if (Classes[index] == name) return (byte)(IsBinary ? index + 1 : index);
        if (name == IgnoredName) return Mask.Ignored;
        if (name == Background && IsBinary) return 0;
        throw new BadInputException($"data.{key}: '{name}' is no class. The classes are {Names.Few([.. Classes])}; 'ignored' is allowed too, and 'background' where data.classes has one name.");
    }
}
