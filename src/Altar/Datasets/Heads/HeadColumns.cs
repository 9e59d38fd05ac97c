namespace Altar.Datasets.Heads;

/// <summary>The labels of some heads, each from a column; the other heads have no label here.</summary>
public sealed class HeadColumns : IColumnTargets
{
    private readonly HeadLayout _layout;
    private readonly string?[] _columns;

    /// <summary>Heads and their columns.</summary>
    /// <param name="layout">All heads.</param>
    /// <param name="columns">Head to column.</param>
    /// <exception cref="Tensors.BadInputException">A head is not in the layout.</exception>
    public HeadColumns(HeadLayout layout, IReadOnlyDictionary<string, string> columns)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var head in columns.Keys) _ = layout[head];
        _layout = layout;
        _columns = [.. layout.Heads.Select(head => columns.GetValueOrDefault(head.Name))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape => [_layout.Slots];

    /// <inheritdoc/>
    /// <exception cref="Tensors.BadInputException">A label is no class of its head, or no number.</exception>
    public void Write(Func<string, string?> column, string where, Span<long> target)
    {
        ArgumentNullException.ThrowIfNull(column);
        for (var i = 0; i < _columns.Length; i++)
            _layout.Heads[i].Write(_columns[i] is { } name ? column(name) : null, where, target);
    }
}
