namespace Altar.Inference.Polygons;

/// <summary>Which pixels of the last two rows belong together.</summary>
internal sealed class OutlineLabels(int width)
{
    private OutlineComponent?[] _above = new OutlineComponent?[width + 2], _here = new OutlineComponent?[width + 2];

    /// <summary>Labels the next row.</summary>
    /// <param name="row">The pixels, with one of nothing on both sides.</param>
    /// <param name="y">Its number.</param>
    /// <returns>A component for each pixel, null for nothing.</returns>
    public OutlineComponent?[] Next(bool[] row, int y)
    {
        (_above, _here) = (_here, _above);
        for (var x = 1; x <= width; x++) _here[x] = row[x] ? Label(_here[x - 1], _above[x]) : null;
        for (var x = 1; x <= width; x++)
        {
            if (_here[x] is { } component && component != _here[x - 1]) component.Whole().LastRow = y;
        }

        return _here;
    }

    /// <summary>The boundaries of each component that has no pixel in this row any more.</summary>
    /// <param name="y">The row's number.</param>
    public IEnumerable<List<List<LatticePoint>>> Finished(int y)
    {
        for (var x = 1; x <= width; x++)
        {
            if (_above[x] is not { } component || component == _above[x - 1]) continue;
            var whole = component.Whole();
            if (whole.LastRow < y && whole.TakeRings() is { Count: > 0 } rings) yield return rings;
        }
    }

    private static OutlineComponent Label(OutlineComponent? left, OutlineComponent? above)
    {
        if (left is null || above is null) return left ?? above ?? new OutlineComponent();
        var (first, second) = (left.Whole(), above.Whole());
        if (first != second) first.Join(second);
        return left;
    }
}
