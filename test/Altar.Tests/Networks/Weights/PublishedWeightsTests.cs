using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Tensors;

namespace Altar.Tests.Networks.Weights;

public sealed class PublishedWeightsTests : IDisposable
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("weights ", 100_000)));

    private readonly string _folder = Directory.CreateTempSubdirectory("altar-cache").FullName;
    private readonly PublishedFile _file = new("net-1234.pth", new Uri("http://127.0.0.1:1/models/net-1234.pth"), Convert.ToHexStringLower(SHA256.HashData(Content))[..8], "MIT", "a test", 50);

    private string Cached => Path.Combine(_folder, _file.Name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_fetched_once_and_its_progress_told()
    {
        using var server = new Server(_ => Answer(Content));
        List<DownloadProgress> told = [];
        Assert.Equal(Cached, Fetch(server, new Told(told.Add)));
        Assert.Equal(Content, File.ReadAllBytes(Cached));
        Assert.Equal(new DownloadProgress(_file.Name, Content.Length, Content.Length), told[^1]);
        Fetch(server);
        Assert.Equal(["GET /net-1234.pth HTTP/1.1"], server.Requests);
    }

    [Fact]
    public void A_server_that_fails_twice_is_asked_a_third_time()
    {
        using var server = new Server(attempt => attempt < 3 ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"u8.ToArray() : Answer(Content));
        Fetch(server);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(Content, File.ReadAllBytes(Cached));
    }

    [Fact]
    public void A_download_that_breaks_off_is_tried_again_and_leaves_nothing_half()
    {
        using var server = new Server(attempt => attempt == 1 ? Answer(Content)[..5000] : Answer(Content));
        Fetch(server);
        Assert.Equal([Cached], Directory.GetFiles(_folder));
        Assert.Equal(Content, File.ReadAllBytes(Cached));
    }

    [Fact]
    public void Content_with_another_hash_is_refused_and_not_kept()
    {
        using var server = new Server(_ => Answer([1, 2, 3]));
        Assert.Contains("SHA-256", Assert.Throws<BadInputException>(() => Fetch(server)).Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_damaged_file_in_the_cache_is_fetched_anew()
    {
        File.WriteAllBytes(Cached, Content[..100]);
        using var server = new Server(_ => Answer(Content));
        Fetch(server);
        Assert.Equal(Content, File.ReadAllBytes(Cached));
    }

    [Fact]
    public void A_file_put_there_by_hand_needs_no_server()
    {
        File.WriteAllBytes(Cached, Content);
        Assert.Equal(Cached, PublishedWeights.Fetch(_file, new() { Folder = _folder }, cancel: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_missing_file_is_asked_for_once()
    {
        using var server = new Server(_ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        Assert.Contains("404", Assert.Throws<BadInputException>(() => Fetch(server)).Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_silent_server_is_given_up()
    {
        using var server = new Server(_ => []);
        Assert.Contains("silent", Assert.Throws<BadInputException>(() => Fetch(server, attempts: 1)).Message);
    }

    /// <summary>Nothing listens on port 1: as without a network.</summary>
    [Fact]
    public void Without_a_network_the_error_says_which_file_to_put_where_and_how_to_do_without()
    {
        var error = Assert.Throws<BadInputException>(() => PublishedWeights.Fetch(_file, new() { Folder = _folder, Mirror = null, FirstWait = TimeSpan.Zero }, cancel: TestContext.Current.CancellationToken));
        Assert.Contains("http://127.0.0.1:1/models/net-1234.pth", error.Message);
        Assert.Contains(Cached, error.Message);
        Assert.Contains("--set model.weights=none", error.Message);
    }

    [Fact]
    public void Interrupting_a_download_is_no_bad_input_and_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new Server(_ => Answer(Content));
        Assert.ThrowsAny<OperationCanceledException>(() => PublishedWeights.Fetch(_file, Cache(server), new Told(_ => cancel.Cancel()), cancel.Token));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_name_finds_its_network() => Assert.Equal("resnet34", PublishedWeights.Find("resnet34-b627a593.pth")!.Value.Network.Name);

    [Fact]
    public void An_unknown_name_finds_nothing() => Assert.Null(PublishedWeights.Find("resnet34-00000000.pth"));

    private string Fetch(Server server, IProgress<DownloadProgress>? progress = null, int attempts = 3) =>
        PublishedWeights.Fetch(_file, Cache(server) with { Attempts = attempts }, progress, TestContext.Current.CancellationToken);

    private WeightCache Cache(Server server) => new() { Folder = _folder, Mirror = server.Url, FirstWait = TimeSpan.FromMilliseconds(1), Patience = TimeSpan.FromSeconds(1) };

    private static byte[] Answer(byte[] content) => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"), .. content];

    private sealed class Told(Action<DownloadProgress> tell) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => tell(value);
    }

    /// <summary>Answers each request with raw bytes, so that it can also break off; an empty answer keeps silent.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> _silent = [];

        public Server(Func<int, byte[]> answer)
        {
            _listener.Start();
            _ = Serve(answer);
        }

        public List<string> Requests { get; } = [];

        public string Url => $"http://{_listener.LocalEndpoint}";

        public void Dispose()
        {
            _listener.Dispose();
            _silent.ForEach(client => client.Dispose());
        }

        private async Task Serve(Func<int, byte[]> answer)
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, leaveOpen: true);
                Requests.Add(await reader.ReadLineAsync() ?? "");
                while (await reader.ReadLineAsync() is { Length: > 0 }) { }
                var bytes = answer(Requests.Count);
                if (bytes.Length == 0) _silent.Add(client);
                else
                {
                    try { await stream.WriteAsync(bytes); } catch (IOException) { /* the client may leave early */ }
                    client.Dispose();
                }
            }
        }
    }
}
