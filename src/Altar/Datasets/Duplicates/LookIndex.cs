namespace Altar.Datasets.Duplicates;

/// <summary>Finds the pictures that look like a given one.</summary>
internal sealed class LookIndex
{
    private readonly HashIndex _hashes;
    private readonly List<Fingerprint>[] _members;

    /// <param name="prints">The pictures to find; those that could not be decoded are never found.</param>
    public LookIndex(IEnumerable<Fingerprint> prints)
    {
        var byHash = prints.Where(print => print.Look is not null).GroupBy(print => print.Look!.Hash).ToList();
        _members = [.. byHash.Select(group => group.ToList())];
        _hashes = new HashIndex([.. byHash.Select(group => group.Key)]);
    }

    /// <summary>All that are near-duplicates of <paramref name="look"/>, itself included.</summary>
    public IEnumerable<Fingerprint> Near(Look look) =>
        from place in _hashes.Near(look.Hash, Look.NearBits)
        from member in _members[place]
        where member.Look!.IsNear(look)
        select member;
}
