namespace Altar.Datasets.Shards;

/// <summary>Collects the distinct texts of each column while samples pass by.</summary>
internal sealed class ColumnTally
{
    private readonly List<(string Name, HashSet<string>? Values)> _columns = [];

    public ColumnTally(IEnumerable<ShardColumn>? known = null)
    {
        foreach (var column in known ?? []) _columns.Add((column.Name, column.Values?.ToHashSet(StringComparer.Ordinal)));
    }

    public IReadOnlyList<ShardColumn> Columns =>
        [.. _columns.Select(column => new ShardColumn(column.Name, column.Values is { } values ? [.. values.Order(StringComparer.Ordinal)] : null))];

    public void Add(string name, string value)
    {
        var index = _columns.FindIndex(column => column.Name == name);
        if (index < 0) (index, _) = (_columns.Count, Added(name));
        if (_columns[index].Values is not { } values || value.Length == 0) return;
        values.Add(value);
        if (values.Count > ShardColumn.MostValues) _columns[index] = (name, null);
    }

    private bool Added(string name)
    {
        _columns.Add((name, new HashSet<string>(StringComparer.Ordinal)));
        return true;
    }
}
