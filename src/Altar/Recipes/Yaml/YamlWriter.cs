using System.Collections;
using System.Text;

namespace Altar.Recipes.Yaml;

/// <summary>Writes a record with every key and its value, as <see cref="YamlBinder"/> reads it.</summary>
internal static class YamlWriter
{
    /// <summary>The document.</summary>
    public static string Write(object record)
    {
        var text = new StringBuilder();
        Entries(text, record, indent: 0);
        return text.ToString();
    }

    private static void Entries(StringBuilder text, object record, int indent)
    {
        foreach (var property in KeyNames.PropertiesOf(record.GetType()))
        {
            text.Append(' ', indent).Append(KeyNames.OfProperty(property.Name)).Append(':');
            Value(text, property.GetValue(record), indent);
        }
    }

    private static void Value(StringBuilder text, object? value, int indent)
    {
        if (value is null) text.Append(" null\n");
        else if (YamlScalars.Understands(value.GetType())) text.Append(' ').Append(YamlScalars.Write(value)).Append('\n');
        else if (value is IDictionary names) Names(text, names, indent);
        else if (value is not IEnumerable list) Entries(text.Append('\n'), value, indent + 2);
        else if (list.Cast<object>().All(item => YamlScalars.Understands(item.GetType())))
            text.Append(" [").AppendJoin(", ", list.Cast<object>().Select(YamlScalars.Write)).Append("]\n");
        else Items(text.Append('\n'), list, indent + 2);
    }

    private static void Names(StringBuilder text, IDictionary names, int indent)
    {
        text.Append(names.Count == 0 ? " {}\n" : "\n");
        foreach (DictionaryEntry entry in names) Value(text.Append(' ', indent + 2).Append(YamlScalars.Write(entry.Key)).Append(':'), entry.Value, indent + 2);
    }

    private static void Items(StringBuilder text, IEnumerable list, int indent)
    {
        foreach (var item in list)
        {
            var start = text.Length;
            Entries(text, item, indent + 2);
            text[start + indent] = '-';   // the first key follows its dash on the same line
        }
    }
}
