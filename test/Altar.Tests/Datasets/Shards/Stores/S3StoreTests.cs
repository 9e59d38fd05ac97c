using Altar.Datasets.Shards;
using Altar.Datasets.Shards.Stores;
using Altar.Tensors;
using Amazon.Runtime;

namespace Altar.Tests.Datasets.Shards.Stores;

public sealed class S3StoreTests : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);
    private readonly ShardFolder _folder = new(3, 2);
    private readonly InstantTime _time = new(Silence);

    public void Dispose() => _folder.Dispose();

    private RetryOptions Retry => new() { Attempts = 3, Time = _time, Silence = Silence };

    private ShardSet Open(Uri endpoint, string bucket = S3Server.Bucket, string prefix = "sets/small", AWSCredentials? credentials = null) =>
        ShardSet.Open($"s3://{bucket}/{prefix}", new S3Store(bucket, prefix, endpoint, credentials ?? S3Server.Credentials), Retry);

    private string MessageOf(Uri endpoint, string bucket = S3Server.Bucket, string prefix = "sets/small", AWSCredentials? credentials = null) =>
        Assert.Throws<BadInputException>(() => Open(endpoint, bucket, prefix, credentials)).Message;

    [Fact]
    public async Task Shards_are_read_from_a_bucket_and_entered_anywhere()
    {
        using var server = new S3Server();
        foreach (var name in (string[])["index.json", "0.tar", "1.tar"]) server.Put($"sets/small/{name}", _folder.Of(name));
        using var set = Open(server.Endpoint);

        set.Verify();
        Assert.Equal(["0003", "0004"], set.Read(1).Select(sample => sample.Key));
        using var store = new S3Store(S3Server.Bucket, "sets/small/", server.Endpoint, S3Server.Credentials);
        await using var rest = await store.OpenAsync("0.tar", 512, TestContext.Current.CancellationToken);
        var start = new byte[4];
        await rest.ReadExactlyAsync(start, TestContext.Current.CancellationToken);
        Assert.Equal(ShardFolder.Picture(0)[..4], start);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public void What_a_bucket_refuses_is_named_with_bucket_and_key()
    {
        using var server = new S3Server();

        Assert.StartsWith("s3://altar-test/sets/small/index.json: the bucket has no such key", MessageOf(server.Endpoint), StringComparison.Ordinal);
        Assert.StartsWith("s3://elsewhere/index.json: there is no bucket 'elsewhere'", MessageOf(server.Endpoint, "elsewhere", ""), StringComparison.Ordinal);
        Assert.StartsWith("s3://altar-test/sets/small/index.json: S3 refuses (", MessageOf(server.Endpoint, credentials: new BasicAWSCredentials("nobody", "secret")), StringComparison.Ordinal);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public void A_busy_store_is_asked_again_and_named_at_last()
    {
        using var server = new FileServer(_folder.Path)
        {
            Misbehaves = (_, _, response) =>
            {
                response.StatusCode = 503;
                response.ContentType = "application/xml";
                response.OutputStream.Write("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"u8);
                response.Close();
                return true;
            },
        };

        Assert.StartsWith("s3://altar-test/sets/small/index.json: reading failed 3 times at byte 0, last with: SlowDown (HTTP 503): Please reduce your request rate.", MessageOf(server.Address), StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal([1, 2], _time.Waits.Where(wait => wait > TimeSpan.Zero).Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void A_server_that_is_not_there_is_named() =>
        Assert.Contains("s3://altar-test/sets/small/index.json: reading failed 3 times at byte 0", MessageOf(new Uri($"http://127.0.0.1:{FileServer.FreePort()}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("s3://bucket/some/prefix", "s3://bucket/some/prefix/0.tar")]
    [InlineData("s3://bucket", "s3://bucket/0.tar")]
    [InlineData("https://host/shards/index.json", "https://host/shards/0.tar")]
    [InlineData("http://host/shards", "http://host/shards/0.tar")]
    [InlineData("some/folder/", "some/folder/0.tar")]
    [InlineData("index.json", "./0.tar")]
    public void An_address_decides_the_store(string path, string expected)
    {
        Environment.SetEnvironmentVariable("AWS_REGION", "eu-west-1");
        using var store = ShardStores.Open(path);

        Assert.Equal(expected, store.NameOf("0.tar"));
    }

    [Theory]
    [InlineData("s3://")]
    [InlineData("http:///x")]
    public void An_address_that_cannot_be_is_refused(string path) =>
        Assert.Contains("no such address can be", Assert.Throws<BadInputException>(() => ShardStores.Open(path)).Message, StringComparison.Ordinal);
}
