using System.Collections;
using System.Reflection;
using Altar.Tensors;

namespace Altar.Recipes.Yaml;

/// <summary>Makes immutable records of YAML values, and gathers all that does not fit.</summary>
/// <remarks>
/// Keys are the property names in snake_case; a key that is missing keeps the property's default.
/// A record with <c>static Parse(string)</c> may be written as a name, or as a mapping whose key <c>from</c> names what it starts from.
/// </remarks>
internal sealed class YamlBinder
{
    /// <summary>The key that names the preset a mapping starts from.</summary>
    public const string StartKey = "from";

    private readonly Dictionary<string, Place> _places = [];

    /// <summary>What did not fit.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>Binds a document.</summary>
    public T Bind<T>(YamlValue document) where T : class, new() => (T)Object(typeof(T), document, path: "", start: new T());

    /// <summary>Where the value at a path was written; of the nearest value around it, if it was not.</summary>
    public Place PlaceOf(string path)
    {
        while (!_places.ContainsKey(path) && path.Length > 0) path = path[..Math.Max(0, path.LastIndexOf('.'))];
        return _places[path];
    }

    private object? Value(Type type, YamlValue value, string path, object? start)
    {
        _places[path] = value.Place;
        if (Nullable.GetUnderlyingType(type) is { } underlying) type = underlying;
        if (ItemType(type) is { } item) return List(item, value, path, start);
        if (NamedType(type) is { } named) return Names(named, value, path, start);
        if (!YamlScalars.Understands(type)) return Object(type, value, path, start);
        if (value is YamlValue.Scalar scalar) return Scalar(scalar, path, start, () => YamlScalars.Read(type, scalar.Text));
        return Wrong(value, path, $"expects {YamlScalars.Describe(type)}, not a {(value is YamlValue.Mapping ? "mapping" : "list")}", start);
    }

    private object? Scalar(YamlValue.Scalar scalar, string path, object? start, Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (FormatException error)
        {
            return Wrong(scalar, path, error.Message, start);
        }
    }

    private object? List(Type item, YamlValue value, string path, object? start)
    {
        if (value is not YamlValue.Sequence sequence) return Wrong(value, path, "expects a list, e.g. [a, b]", start);
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var itemPath = $"{path}.{i}";
            var blank = YamlScalars.Understands(item) ? null : New(item);
            var bound = IsNull(sequence.Items[i]) ? Wrong(sequence.Items[i], itemPath, "is empty", blank) : Value(item, sequence.Items[i], itemPath, blank);
            if (bound is not null) list.Add(bound);
        }

        return list;
    }

    // Names that the file chooses: a head's, a loss's.
    private object? Names(Type type, YamlValue value, string path, object? start)
    {
        if (value is not YamlValue.Mapping mapping) return Wrong(value, path, "expects names with a value each, e.g. {name: value}", start);
        var names = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), type))!;
        foreach (var entry in mapping.Entries)
        {
            var entryPath = Join(path, entry.Key);
            var blank = YamlScalars.Understands(type) || ItemType(type) is not null ? null : New(type);
            if (names.Contains(entry.Key)) Problems.Add(new Problem(entry.KeyPlace, entryPath, "is given twice; remove one"));
            else if (IsNull(entry.Value)) Problems.Add(new Problem(entry.KeyPlace, entryPath, "is empty; give it a value or remove the key"));
            else if (Value(type, entry.Value, entryPath, blank) is { } bound) names.Add(entry.Key, bound);
        }

        return names;
    }

    private object Object(Type type, YamlValue value, string path, object? start)
    {
        _places[path] = value.Place;
        if (value is YamlValue.Scalar name && Parser(type) is { } parse) return Scalar(name, path, start, () => parse(name.Text))!;
        if (value is not YamlValue.Mapping mapping) return Wrong(value, path, Parser(type) is null ? "expects keys, each on its own line" : "expects a name or keys", start)!;

        var result = Copy(Start(type, mapping, path, start));
        var known = KeyNames.PropertiesOf(type).ToDictionary(property => KeyNames.OfProperty(property.Name));
        foreach (var entry in mapping.Entries.Where(entry => !(entry.Key == StartKey && Parser(type) is not null))) Set(result, known, entry, path);
        foreach (var twice in mapping.Entries.GroupBy(entry => entry.Key).SelectMany(group => group.Skip(1)))
            Problems.Add(new Problem(twice.KeyPlace, Join(path, twice.Key), "is given twice; remove one"));
        return result;
    }

    // A mapping without "from" starts from the type's own defaults: what a preset elsewhere is does not show in it.
    private object Start(Type type, YamlValue.Mapping mapping, string path, object? start)
    {
        if (Parser(type) is not { } parse) return start ?? New(type);
        if (mapping.Entries.LastOrDefault(entry => entry.Key == StartKey) is not { } from) return New(type);
        return from.Value is YamlValue.Scalar name
            ? Scalar(name, Join(path, StartKey), New(type), () => parse(name.Text))!
            : Wrong(from.Value, Join(path, StartKey), "expects a name", New(type))!;
    }

    private void Set(object target, Dictionary<string, PropertyInfo> known, YamlEntry entry, string path)
    {
        var entryPath = Join(path, entry.Key);
        if (!known.TryGetValue(entry.Key, out var property))
        {
            Problems.Add(new Problem(entry.KeyPlace, path, $"unknown key '{entry.Key}'; the nearest known key is '{NearestName.Of(entry.Key, known.Keys)}'"));
            return;
        }

        if (!IsNull(entry.Value)) property.SetValue(target, Value(property.PropertyType, entry.Value, entryPath, property.GetValue(target)));
        else if (new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable) property.SetValue(target, null);
        else Problems.Add(new Problem(entry.KeyPlace, entryPath, "is empty; give it a value or remove the key"));
        _places[entryPath] = entry.Value.Place;
    }

    private object? Wrong(YamlValue value, string path, string message, object? start)
    {
        Problems.Add(new Problem(value.Place, path, message));
        return start;
    }

    private static bool IsNull(YamlValue value) => value is YamlValue.Scalar { IsNull: true };

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static object New(Type type) => Activator.CreateInstance(type)!;

    // What "with" calls: presets are shared and must not be written to.
    private static object Copy(object record) => record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;

    /// <summary>T of IReadOnlyList of T; null for other types.</summary>
    public static Type? ItemType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>T of IReadOnlyDictionary of string and T; null for other types.</summary>
    public static Type? NamedType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) && type.GetGenericArguments()[0] == typeof(string) ? type.GetGenericArguments()[1] : null;

    private static Func<string, object>? Parser(Type type)
    {
        var method = type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string)]);
        return method?.ReturnType == type ? text => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [text], null)! : null;
    }
}
