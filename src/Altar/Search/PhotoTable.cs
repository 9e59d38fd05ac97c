using System.Text.Encodings.Web;
using System.Text.Json;
using Altar.Datasets;
using Altar.Datasets.Duplicates;
using Altar.Tensors;

namespace Altar.Search;

/// <summary>What is known of the photos of an index, row by row. Values are kept once a column, so that a filter compares numbers.</summary>
internal sealed class PhotoTable
{
    private const string ImageKey = "image";
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _images = [];
    private readonly List<Look?> _looks = [];
    private readonly SortedDictionary<string, ColumnValues> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);

    public int Count => _images.Count;

    public IReadOnlyCollection<string> Columns => _columns.Keys;

    public int? RowOf(string image) => _rows.TryGetValue(image, out var row) ? row : null;

    public string Image(int row) => _images[row];

    public Look? Look(int row) => _looks[row];

    public IReadOnlyDictionary<string, string> ColumnsOf(int row)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, column) in _columns)
        {
            if (column[row] is { } value) values[name] = value;
        }

        return values;
    }

    public void Add(string image, IReadOnlyDictionary<string, string> columns, Look? look)
    {
        _rows.Add(image, Count);
        _images.Add(image);
        _looks.Add(look);
        foreach (var (name, value) in columns)
        {
            if (!_columns.TryGetValue(name, out var column)) _columns[name] = column = new ColumnValues();
            column.Set(Count - 1, value);
        }
    }

    /// <summary>Takes a row out; the last row takes its number.</summary>
    public void Remove(int row)
    {
        var last = Count - 1;
        _rows.Remove(_images[row]);
        if (row != last)
        {
            (_images[row], _looks[row]) = (_images[last], _looks[last]);
            _rows[_images[row]] = row;
        }

        _images.RemoveAt(last);
        _looks.RemoveAt(last);
        foreach (var column in _columns.Values) column.Remove(row, last);
    }

    /// <summary>The rows that a filter allows, as bits, and how many they are.</summary>
    /// <exception cref="BadInputException">There is no such column.</exception>
    public RowSet Matching(SearchFilter filter, string source)
    {
        var conditions = filter.Columns.Select(condition => _columns.TryGetValue(condition.Key, out var column)
            ? column.Condition(condition.Value)
            : throw NoColumn(source, condition.Key, Columns)).ToList();
        var set = new RowSet(Count);
        for (var row = 0; row < Count; row++)
        {
            if (conditions.TrueForAll(holds => holds(row))) set.Add(row);
        }

        return set;
    }

    public static BadInputException NoColumn(string source, string column, IReadOnlyCollection<string> known) => known.Count == 0
        ? new BadInputException($"{source}: no column '{column}'; its photos have no columns. Build it from a manifest that has them.")
        : new BadInputException($"{source}: no column '{column}'. There are {Names.Few(known)}; did you mean {NearestName.Of(column, known)}?");

    /// <summary>An object a line: a manifest that <c>--images</c> takes, too.</summary>
    public void Write(Stream stream)
    {
        for (var row = 0; row < Count; row++)
        {
            using (var json = new Utf8JsonWriter(stream, Readable))
            {
                json.WriteStartObject();
                json.WriteString(ImageKey, _images[row]);
                foreach (var (name, column) in _columns)
                {
                    if (column[row] is { } value) json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>The looks, row by row; a row without one is all zeros.</summary>
    public void WriteLooks(Stream stream)
    {
        foreach (var look in _looks) stream.Write(LookCode.Encode(look));
    }

    public static PhotoTable Read(string path, string looksPath)
    {
        var table = new PhotoTable();
        var looks = File.ReadAllBytes(looksPath);
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                var values = json.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!, StringComparer.Ordinal);
                values.Remove(ImageKey, out var image);
                table.Add(image!, values, LookCode.Decode(looks.AsSpan(table.Count * LookCode.Length, LookCode.Length)));
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
            {
                throw new BadInputException($"{path}: line {table.Count + 1} is damaged: {error.Message} Build the index anew.", error);
            }
        }

        return table;
    }

    /// <summary>A column: each value once, and a number a row; 0 where the row has none.</summary>
    private sealed class ColumnValues
    {
        private readonly List<string> _values = [""];
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<int> _rows = [];

        public string? this[int row] => row < _rows.Count && _rows[row] != 0 ? _values[_rows[row]] : null;

        public void Set(int row, string value)
        {
            if (!_numbers.TryGetValue(value, out var number))
            {
                _numbers[value] = number = _values.Count;
                _values.Add(value);
            }

            while (_rows.Count <= row) _rows.Add(0);
            _rows[row] = number;
        }

        public void Remove(int row, int last)
        {
            if (row < _rows.Count) _rows[row] = last < _rows.Count ? _rows[last] : 0;
            if (last < _rows.Count) _rows.RemoveAt(last);
        }

        public Func<int, bool> Condition(IReadOnlySet<string> allowed)
        {
            var numbers = allowed.Where(_numbers.ContainsKey).Select(value => _numbers[value]).ToHashSet();
            return row => row < _rows.Count && numbers.Contains(_rows[row]);
        }
    }
}
