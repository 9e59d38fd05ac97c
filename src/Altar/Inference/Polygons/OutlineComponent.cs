namespace Altar.Inference.Polygons;

/// <summary>Connected pixels, as far as is known by now: components that meet become one.</summary>
internal sealed class OutlineComponent
{
    private OutlineComponent? _joined;

    /// <summary>Its closed boundaries.</summary>
    public List<List<LatticePoint>> Rings { get; private set; } = [];

    /// <summary>The last row with one of its pixels.</summary>
    public int LastRow { get; set; }

    /// <summary>The component of which this is a part by now.</summary>
    public OutlineComponent Whole()
    {
        var whole = this;
        while (whole._joined is { } next) whole = next;
        for (var part = this; part._joined is { } next; part = next) part._joined = whole;
        return whole;
    }

    /// <summary>Makes two wholes one.</summary>
    public void Join(OutlineComponent other)
    {
        other._joined = this;
        var (more, fewer) = Rings.Count >= other.Rings.Count ? (Rings, other.Rings) : (other.Rings, Rings);
        more.AddRange(fewer);
        (Rings, other.Rings) = (more, []);
    }

    /// <summary>The boundaries, once.</summary>
    public List<List<LatticePoint>> TakeRings()
    {
        var rings = Rings;
        Rings = [];
        return rings;
    }
}
