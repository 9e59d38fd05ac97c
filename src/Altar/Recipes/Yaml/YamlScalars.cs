using System.Globalization;
using System.Reflection;
using Altar.Tensors;

namespace Altar.Recipes.Yaml;

/// <summary>Values that are one word in YAML: texts, numbers, switches, names of closed sets, and types that parse themselves.</summary>
internal static class YamlScalars
{
    /// <summary>Whether a type is one of them.</summary>
    public static bool Understands(Type type) =>
        type == typeof(string) || type == typeof(bool) || type.IsEnum
        || type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IParsable<>) && face.GetGenericArguments()[0] == type);

    /// <summary>What a type expects, in words.</summary>
    public static string Describe(Type type) =>
        type == typeof(string) ? "a text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(float) || type == typeof(double) ? "a number"
        : type.IsEnum ? $"one of {string.Join(", ", KeyNames.OfMembers(type))}"
        : "one word";

    /// <summary>Reads a word.</summary>
    /// <exception cref="FormatException">It does not fit the type.</exception>
    public static object Read(Type type, string text)
    {
        if (type == typeof(string)) return text;
        if (type.IsEnum) return ReadEnum(type, text);
        object? value =
            type == typeof(bool) ? text switch { "true" => true, "false" => false, _ => null }
            : type == typeof(int) ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null
            : type == typeof(long) ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large) ? large : null
            : type == typeof(float) ? float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var single) && float.IsFinite(single) ? single : null
            : type == typeof(double) ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null
            : type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string), typeof(IFormatProvider)])!
                .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [text, CultureInfo.InvariantCulture], null);
        return value ?? throw new FormatException($"'{text}' is not {Describe(type)}");
    }

    /// <summary>Writes a value so that <see cref="Read"/> gives it back.</summary>
    public static string Write(object value) => value switch
    {
        string text => Quoted(text),
        bool flag => flag ? "true" : "false",
        Enum member => KeyNames.OfMembers(member.GetType())[Array.IndexOf(Enum.GetNames(member.GetType()), member.ToString())],
        IFormattable number when number is int or long or float or double => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString()!),
    };

    private static object ReadEnum(Type type, string text)
    {
        var names = KeyNames.OfMembers(type);
        for (var i = 0; i < names.Count; i++)
            if (names[i] == text) return Enum.GetValues(type).GetValue(i)!;
        throw new FormatException($"'{text}' is not {Describe(type)}; the nearest is '{NearestName.Of(text, names)}'");
    }

    // Plain where no YAML rule can apply to it; else in double quotes, whose escapes are JSON's.
    private static string Quoted(string text)
    {
        var isPlain = text.Length > 0 && text != "null" && (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '.' or '/' or '_')
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '/' or '_' or '-' or '+');
        if (isPlain) return text;
        var escaped = text.Select(letter => letter switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\ufeff' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
            _ => letter.ToString(),
        });
        return $"\"{string.Concat(escaped)}\"";
    }
}
