namespace Altar.Inference.Polygons;

/// <summary>A piece of a boundary in work, which grows at both ends.</summary>
internal sealed class BoundaryChain
{
    private LinkedPoint _head, _tail;
    private BoundaryChain? _joined;   // what this became a part of

    private sealed class LinkedPoint(LatticePoint at)
    {
        public LatticePoint At { get; } = at;

        public LinkedPoint? Next { get; set; }
    }

    public BoundaryChain(LatticePoint at, OutlineComponent component)
    {
        _head = _tail = new LinkedPoint(at);
        Component = component;
    }

    /// <summary>The component along which it runs, as it was when the chain began.</summary>
    public OutlineComponent Component { get; }

    /// <summary>The chain of which this is a part by now.</summary>
    public BoundaryChain Whole()
    {
        var whole = this;
        while (whole._joined is { } next) whole = next;
        for (var chain = this; chain._joined is { } next; chain = next) chain._joined = whole;
        return whole;
    }

    public void Append(LatticePoint at) => _tail = _tail.Next = new LinkedPoint(at);

    public void Prepend(LatticePoint at) => _head = new LinkedPoint(at) { Next = _head };

    /// <summary>Takes over another chain that goes on where this one ends.</summary>
    public void Join(BoundaryChain next)
    {
        _tail.Next = next._head;
        _tail = next._tail;
        next._joined = this;
    }

    public List<LatticePoint> Points()
    {
        List<LatticePoint> points = [];
        for (var point = _head; point is not null; point = point.Next) points.Add(point.At);
        return points;
    }
}
