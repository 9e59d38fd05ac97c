using Altar.Tensors;

namespace Altar.Datasets.Heads;

/// <summary>The class of a sample, from one column; its target is the class's number.</summary>
/// <param name="column">The column.</param>
/// <param name="classes">The classes, in the order of the network's outputs.</param>
public sealed class ClassColumn(string column, IReadOnlyList<string> classes) : IColumnTargets
{
    private readonly HeadPlace _head = HeadLayout.Of([new HeadSpec(column, HeadKind.Single, classes)]).Heads[0];

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape => [];

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The sample has no such column, its label is empty or no class.</exception>
    public void Write(Func<string, string?> column, string where, Span<long> target)
    {
        ArgumentNullException.ThrowIfNull(column);
        var text = column(_head.Name) ?? throw new BadInputException($"{where}: no column '{_head.Name}'. Write it, or leave the sample out.");
        if (string.IsNullOrWhiteSpace(text)) throw new BadInputException($"{where}: the label ('{_head.Name}') is empty. Write it, or leave the sample out.");
        _head.Write(text, where, target);
    }
}
