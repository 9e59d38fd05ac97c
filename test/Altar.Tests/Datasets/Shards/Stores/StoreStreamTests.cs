using Altar.Datasets.Shards.Stores;

namespace Altar.Tests.Datasets.Shards.Stores;

public class StoreStreamTests
{
    /// <summary>A file of 8 MB whose bytes tell their place; notes where it is opened.</summary>
    private sealed class Counted : IShardStore
    {
        private static readonly byte[] All = [.. Enumerable.Range(0, 8_000_000).Select(place => (byte)(place % 251))];

        public List<long> Opened { get; } = [];

        public string NameOf(string name) => name;

        public Task<Stream> OpenAsync(string name, long offset, CancellationToken cancel)
        {
            Opened.Add(offset);
            return Task.FromResult<Stream>(new MemoryStream(All, (int)offset, All.Length - (int)offset));
        }

        public long? LengthOf(string name) => null;

        public void Dispose()
        {
        }
    }

    [Fact]
    public void Short_passages_are_read_over_and_long_ones_are_not_fetched()
    {
        var store = new Counted();
        using var stream = new StoreStream(store, "file", new RetryOptions());
        var bytes = new byte[10];

        stream.ReadUpTo(bytes);
        stream.Skip(500_000);
        stream.ReadUpTo(bytes);
        Assert.Equal(500_010 % 251, bytes[0]);
        Assert.Equal([0], store.Opened);

        stream.Skip(5_000_000);
        stream.ReadUpTo(bytes);
        Assert.Equal(5_500_020 % 251, bytes[0]);
        Assert.Equal([0, 5_500_020], store.Opened);
    }

    [Fact]
    public void The_end_shows_as_fewer_bytes()
    {
        using var stream = new StoreStream(new Counted(), "file", new RetryOptions());
        stream.Skip(7_999_995);

        Assert.Equal(5, stream.ReadUpTo(new byte[10]));
        Assert.Equal(0, stream.ReadUpTo(new byte[10]));
    }
}
