namespace Altar.Inference;

/// <summary>Puts together what several groups of networks say of the same pictures, as it comes.</summary>
internal static class SampleJoin
{
    /// <summary>Joins streams that are in ascending order; a picture that one of them lacks, since it could not be read there, is left out.</summary>
    public static IEnumerable<MemberRows> Of(IReadOnlyList<IEnumerable<MemberRows>> streams)
    {
        List<IEnumerator<MemberRows>> readers = [.. streams.Select(stream => stream.GetEnumerator())];
        try
        {
            for (var goesOn = readers.TrueForAll(reader => reader.MoveNext()); goesOn;)
            {
                var furthest = readers.Max(reader => reader.Current.Sample);
                var isThere = readers.TrueForAll(reader => reader.Current.Sample == furthest);
                if (isThere) yield return new MemberRows(furthest, [.. readers.SelectMany(reader => reader.Current.Rows)]);
                goesOn = readers.TrueForAll(reader => (reader.Current.Sample == furthest && !isThere) || reader.MoveNext());
            }
        }
        finally
        {
            foreach (var reader in readers) reader.Dispose();
        }
    }
}
