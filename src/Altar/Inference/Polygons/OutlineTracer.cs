namespace Altar.Inference.Polygons;

/// <summary>Outlines of connected pixels, found while rows come in: a component is handed on as soon as a row without it has come.</summary>
/// <remarks>
/// Pixels are connected by their edges (4 neighbours). Boundaries run along pixel edges with the pixels on their right, so that areas are exact.
/// What is held: two rows, and the boundaries of the components that are not finished.
/// </remarks>
public sealed class OutlineTracer
{
    private readonly int _width;
    private readonly OutlineLabels _labels;
    private readonly BoundaryChain?[] _down;    // by column: the chain whose edge goes from here into the next row
    private readonly Action<PixelPolygon> _found;
    private bool[] _above, _here;
    private OutlineComponent?[] _components = [];
    private int _y;

    /// <summary>Begins above the first row.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="found">Told each outline once.</param>
    public OutlineTracer(int width, Action<PixelPolygon> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        (_width, _found) = (width, found);
        (_above, _here) = (new bool[width + 2], new bool[width + 2]);   // with a column of nothing on both sides
        (_labels, _down) = (new OutlineLabels(width), new BoundaryChain?[width + 1]);
    }

    /// <summary>Takes the next row.</summary>
    /// <param name="row">Whether each pixel belongs to what is outlined.</param>
    public void Add(ReadOnlySpan<bool> row)
    {
        if (row.Length != _width) throw new ArgumentException($"A row of {row.Length} pixels came; the raster has {_width}.", nameof(row));
        row.CopyTo(_here.AsSpan(1));
        Advance();
    }

    /// <summary>Closes the last row and hands on what is left.</summary>
    public void Finish()
    {
        Array.Clear(_here);
        Advance();
    }

    private void Advance()
    {
        _components = _labels.Next(_here, _y);
        BoundaryChain? left = null;
        for (var x = 0; x <= _width; x++) left = Pass(x, left);
        foreach (var rings in _labels.Finished(_y))
        {
            foreach (var polygon in OutlineRings.Polygons(rings)) _found(polygon);
        }

        (_above, _here) = (_here, _above);
        _y++;
    }

    // The corner between four pixels: at most one edge comes in from the left and one from above; one may go right and one down.
    private BoundaryChain? Pass(int x, BoundaryChain? left)
    {
        var (upLeft, upRight, downLeft, downRight) = (_above[x], _above[x + 1], _here[x], _here[x + 1]);
        var (up, right, down) = (_down[x], (BoundaryChain?)null, (BoundaryChain?)null);
        switch (upLeft, upRight, downLeft, downRight)
        {
            case (true, false, false, true):
                Link(up!, left!, x);
                right = down = Start(x, x + 1);
                break;
            case (false, true, true, false):
                down = Extend(left!, x, isTail: true);
                right = Extend(up!, x, isTail: false);
                break;
            default:
                (right, down) = PassPlain(x, left, up, (upLeft != downLeft, upLeft != upRight, upRight != downRight, downLeft != downRight), (upLeft, upRight, downLeft));
                break;
        }

        _down[x] = down;
        return right;
    }

    // No edge or two of them.
    private (BoundaryChain? Right, BoundaryChain? Down) PassPlain(
        int x, BoundaryChain? left, BoundaryChain? up, (bool Left, bool Up, bool Right, bool Down) edges, (bool UpLeft, bool UpRight, bool DownLeft) pixels) => edges switch
    {
        (true, true, false, false) => Closed(x, left!, up!, leftComesIn: pixels.DownLeft),
        (true, false, true, false) => (left, null),
        (false, true, false, true) => (null, up),
        (true, false, false, true) => (null, Extend(left!, x, isTail: pixels.DownLeft)),
        (false, true, true, false) => (Extend(up!, x, isTail: pixels.UpLeft), null),
        (false, false, true, true) => Both(Start(x, pixels.DownLeft ? x : x + 1)),
        _ => (null, null),
    };

    private static (BoundaryChain Right, BoundaryChain Down) Both(BoundaryChain chain) => (chain, chain);

    private (BoundaryChain?, BoundaryChain?) Closed(int x, BoundaryChain left, BoundaryChain up, bool leftComesIn)
    {
        if (leftComesIn) Link(left, up, x);
        else Link(up, left, x);
        return (null, null);
    }

    private BoundaryChain Start(int x, int column) => new(new LatticePoint(x, _y), _components[column]!);

    private BoundaryChain Extend(BoundaryChain chain, int x, bool isTail)
    {
        var whole = chain.Whole();
        if (isTail) whole.Append(new LatticePoint(x, _y));
        else whole.Prepend(new LatticePoint(x, _y));
        return whole;
    }

    // One chain ends where another begins; the same one: it is a ring.
    private void Link(BoundaryChain ending, BoundaryChain beginning, int x)
    {
        var (first, second) = (ending.Whole(), beginning.Whole());
        first.Append(new LatticePoint(x, _y));
        if (ReferenceEquals(first, second)) first.Component.Whole().Rings.Add(first.Points());
        else first.Join(second);
    }
}
