using Altar.Datasets.Shards;
using Altar.Datasets.Shards.Stores;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Shards.Stores;

public sealed class HttpStoreTests : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);
    private readonly ShardFolder _folder = new(3, 2);
    private readonly InstantTime _time = new(Silence);

    public void Dispose() => _folder.Dispose();

    private RetryOptions Retry => new() { Attempts = 4, Time = _time, Silence = Silence };

    private static List<string> Keys(ShardSet set) => [.. Enumerable.Range(0, set.Index.Shards.Count).SelectMany(shard => set.Read(shard)).Select(sample => sample.Key)];

    [Fact]
    public void Shards_are_read_over_http()
    {
        using var server = new FileServer(_folder.Path);
        using var set = ShardSet.Open(server.Address.AbsoluteUri, Retry);

        Assert.Equal(["0000", "0001", "0002", "0003", "0004"], Keys(set));
        Assert.Equal(["index.json", "0.tar", "1.tar"], server.Requests);   // each once, from front to back
        set.Verify();
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public void A_busy_server_is_asked_again_with_growing_waits()
    {
        using var server = new FileServer(_folder.Path) { Misbehaves = (request, _, response) => request is 1 or 2 or 3 && Close(response, request == 2 ? 429 : 503) };
        using var set = ShardSet.Open(server.Address.AbsoluteUri, Retry);

        Assert.Equal(5, set.Count);
        Assert.Equal([1, 2, 4], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void A_server_that_stays_busy_is_named_at_last()
    {
        using var server = new FileServer(_folder.Path) { Misbehaves = (_, _, response) => Close(response, 500) };

        var message = Assert.Throws<BadInputException>(() => ShardSet.Open(server.Address.AbsoluteUri, Retry)).Message;

        Assert.Equal(4, server.Requests.Count);
        Assert.StartsWith($"{server.Address}index.json: reading failed 4 times at byte 0, last with: HTTP 500 Internal Server Error.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_breaks_is_taken_up_where_it_broke()
    {
        using var server = new FileServer(_folder.Path)
        {
            Misbehaves = (_, name, response) =>
            {
                if (name != "0.tar" || response.StatusCode == 206 || _time.Waits.Count > 0) return false;
                var bytes = File.ReadAllBytes(_folder.Of(name));
                response.ContentLength64 = bytes.Length;
                response.OutputStream.Write(bytes.AsSpan(0, 1500));
                response.OutputStream.Flush();
                response.Abort();
                return true;
            },
        };
        using var set = ShardSet.Open(server.Address.AbsoluteUri, Retry);

        Assert.Equal(["0000", "0001", "0002", "0003", "0004"], Keys(set));
        Assert.Matches(@"^index.json;0.tar;0.tar( bytes=\d+-)?;1.tar$", string.Join(';', server.Requests));
        Assert.Single(_time.Waits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_place_in_a_file_is_entered_by_a_range_or_by_reading_up_to_it(bool knowsRanges)
    {
        File.WriteAllText(_folder.Of("numbers"), "0123456789");
        using var server = new FileServer(_folder.Path) { KnowsRanges = knowsRanges };
        using var store = new HttpStore(server.Address);

        using var reader = new StreamReader(await store.OpenAsync("numbers", 7, TestContext.Current.CancellationToken));

        Assert.Equal("789", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["numbers bytes=7-"], server.Requests);
    }

    [Fact]
    public async Task A_place_behind_the_end_is_an_empty_rest()
    {
        File.WriteAllText(_folder.Of("numbers"), "0123456789");
        using var server = new FileServer(_folder.Path);
        using var store = new HttpStore(server.Address);

        Assert.Equal(-1, (await store.OpenAsync("numbers", 10, TestContext.Current.CancellationToken)).ReadByte());
    }

    [Theory]
    [InlineData(404, "the server has no such file (HTTP 404 Not Found)")]
    [InlineData(403, "the server refuses (HTTP 403 Forbidden)")]
    public void What_will_not_change_is_not_asked_again(int status, string expected)
    {
        using var server = new FileServer(_folder.Path) { Misbehaves = (_, _, response) => Close(response, status) };

        Assert.Contains($"{server.Address}index.json: {expected}", Assert.Throws<BadInputException>(() => ShardSet.Open(server.Address.AbsoluteUri, Retry)).Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_server_that_says_nothing_is_given_up()
    {
        using var end = new ManualResetEventSlim();
        using var server = new FileServer(_folder.Path) { Misbehaves = (_, _, _) => true };   // keeps the connection open
        var retry = new RetryOptions { Attempts = 2, Time = new InstantTime(), Silence = Silence };

        var message = Assert.Throws<BadInputException>(() => ShardSet.Open(server.Address.AbsoluteUri, retry)).Message;

        Assert.Contains("reading failed 2 times at byte 0, last with: nothing came for 60 seconds", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_named()
    {
        var message = Assert.Throws<BadInputException>(() => ShardSet.Open($"http://127.0.0.1:{FileServer.FreePort()}/x", Retry)).Message;

        Assert.Contains("/x/index.json: reading failed 4 times at byte 0, last with: Connection refused", message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 4], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(6, 30)]
    [InlineData(60, 30)]
    public void Waits_double_up_to_a_limit(int attempt, double seconds) => Assert.Equal(seconds, new RetryOptions().DelayAfter(attempt).TotalSeconds);

    private static bool Close(System.Net.HttpListenerResponse response, int status)
    {
        response.StatusCode = status;
        response.Close();
        return true;
    }
}
