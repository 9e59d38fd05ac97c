using Altar.Tensors;

namespace Altar.Datasets.Heads;

/// <summary>Where the targets and outputs of all heads lie: one long vector a sample, one row of one linear layer.</summary>
/// <remarks>Heads keep the order of the recipe, without gaps. No tensors: a loader writes the slots, a loss reads them.</remarks>
public sealed class HeadLayout
{
    private HeadLayout(IReadOnlyList<HeadPlace> heads) => Heads = heads;

    /// <summary>The heads, in the order of the recipe.</summary>
    public IReadOnlyList<HeadPlace> Heads { get; }

    /// <summary>Length of a sample's target.</summary>
    public int Slots => Heads.Sum(head => head.Slots);

    /// <summary>Columns of all outputs together.</summary>
    public int Outputs => Heads.Sum(head => head.Outputs);

    /// <summary>A head by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="BadInputException">There is none of the name; the message names the nearest.</exception>
    public HeadPlace this[string name] => Heads.FirstOrDefault(head => head.Name == name) ?? throw Unknown(name, Heads.Select(head => head.Name));

    /// <summary>Lays heads out whose classes are all given.</summary>
    /// <param name="heads">At least one; a value has no classes, any other at least one.</param>
    /// <exception cref="BadInputException">No head, a name twice or empty, a head without classes, or a class twice.</exception>
    public static HeadLayout Of(IReadOnlyList<HeadSpec> heads)
    {
        ArgumentNullException.ThrowIfNull(heads);
        if (heads.Count == 0) throw new BadInputException("model.heads is empty. Name at least one, such as category: {kind: single}.");
        var places = new List<HeadPlace>(heads.Count);
        int slot = 0, output = 0;
        foreach (var head in heads)
        {
            if (places.Any(place => place.Name == head.Name)) throw new BadInputException($"model.heads: {head.Name} is there twice. Give each head its own name.");
            places.Add(new HeadPlace(head, ClassesOf(head), slot, output));
            slot += places[^1].Slots;
            output += places[^1].Outputs;
        }

        return new HeadLayout(places);
    }

    internal static BadInputException Unknown(string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        return new BadInputException($"There is no head '{name}'. The heads are {Names.Few(names)}; did you mean {NearestName.Of(name, names)}?");
    }

    private static IReadOnlyList<string> ClassesOf(HeadSpec head)
    {
        if (string.IsNullOrWhiteSpace(head.Name)) throw new BadInputException("model.heads: a head has no name. Name it, such as category: {kind: single}.");
        if (head.Kind == HeadKind.Value)
        {
            return head.Classes is null or { Count: 0 } ? [] : throw new BadInputException($"model.heads.{head.Name}: a value has no classes. Remove them, or make its kind single.");
        }

        if (head.Classes is null or { Count: 0 }) throw new BadInputException($"model.heads.{head.Name}: it has no classes. Label pictures for it in data.sets, or list its classes.");
        var twice = head.Classes.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? head.Classes : throw new BadInputException($"model.heads.{head.Name}.classes: '{twice.Key}' is there twice. List every class once.");
    }
}
