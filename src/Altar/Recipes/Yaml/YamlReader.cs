using Altar.Tensors;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Altar.Recipes.Yaml;

/// <summary>Reads YAML text into <see cref="YamlValue"/>s.</summary>
internal sealed class YamlReader
{
    private const int DeepestNesting = 32;   // reading is recursive: a hostile file must not overflow the stack

    private readonly Parser _parser;
    private readonly Func<Mark, Place> _placeOf;
    private readonly Dictionary<AnchorName, YamlValue> _anchors = [];

    private YamlReader(string text, Func<Mark, Place> placeOf) => (_parser, _placeOf) = (new Parser(new StringReader(text)), placeOf);

    /// <summary>Reads a file's text; an empty one is an empty mapping.</summary>
    public static YamlValue File(string text, string name) => Read(text, mark => Place.Line(name, mark.Line), name);

    /// <summary>Reads the value of a --set option; an empty one is null.</summary>
    public static YamlValue Override(string text, Place place) => string.IsNullOrWhiteSpace(text)
        ? new YamlValue.Scalar(place, "", IsQuoted: false)
        : Read(text, _ => place, place.Text);

    private static YamlValue Read(string text, Func<Mark, Place> placeOf, string name)
    {
        try
        {
            return new YamlReader(text, placeOf).Document(name);
        }
        catch (YamlException error)
        {
            throw new BadInputException($"{placeOf(error.Start).Text}: this is not YAML: {error.Message}", error);
        }
    }

    private YamlValue Document(string name)
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out var end)) return new YamlValue.Mapping(_placeOf(end.Start), []);

        _parser.Consume<DocumentStart>();
        var value = Value(depth: 0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _)) throw new BadInputException($"{name}: holds several YAML documents; write one file for each.");
        return value;
    }

    private YamlValue Value(int depth)
    {
        var place = _placeOf(_parser.Current!.Start);
        if (depth > DeepestNesting) throw new BadInputException($"{place.Text}: nested more than {DeepestNesting} deep.");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return _anchors.TryGetValue(alias.Value, out var known) ? known : throw new BadInputException($"{place.Text}: *{alias.Value} has no anchor &{alias.Value} before it.");

        var anchor = ((NodeEvent)_parser.Current).Anchor;
        var value = Node(place, depth);
        if (!anchor.IsEmpty) _anchors[anchor] = value;
        return value;
    }

    private YamlValue Node(Place place, int depth)
    {
        if (_parser.TryConsume<Scalar>(out var scalar)) return new YamlValue.Scalar(place, scalar.Value, scalar.Style is not ScalarStyle.Plain);
        return _parser.TryConsume<SequenceStart>(out _)
            ? new YamlValue.Sequence(place, Items(depth))
            : new YamlValue.Mapping(place, Entries(depth));
    }

    private List<YamlValue> Items(int depth)
    {
        var items = new List<YamlValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Value(depth + 1));
        return items;
    }

    private List<YamlEntry> Entries(int depth)
    {
        _parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var place = _placeOf(_parser.Current!.Start);
            if (!_parser.TryConsume<Scalar>(out var key)) throw new BadInputException($"{place.Text}: a key must be a word.");
            entries.Add(new YamlEntry(key.Value, place, Value(depth + 1)));
        }

        return entries;
    }
}
