using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Altar.Tests.Datasets.Shards.Stores;

/// <summary>A web server on this machine for the files of a folder, which can be told to misbehave.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _folder;

    public FileServer(string folder)
    {
        _folder = folder;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/shards/");
        _listener.Prefixes.Add($"http://127.0.0.1:{Address.Port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Called with each request's number, from 1, and file; true where it answered.</summary>
    public Func<int, string, HttpListenerResponse, bool> Misbehaves { get; set; } = (_, _, _) => false;

    public bool KnowsRanges { get; init; } = true;

    public List<string> Requests { get; } = [];

    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // closed by the client or at the end of the test
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var name = Path.GetFileName(context.Request.Url!.AbsolutePath);
        var range = context.Request.Headers["Range"];
        Requests.Add($"{name} {range}".TrimEnd());
        var response = context.Response;
        if (Misbehaves(Requests.Count, name, response)) return;

        var path = Path.Combine(_folder, name);
        if (!File.Exists(path))
        {
            response.StatusCode = 404;
            response.Close();
            return;
        }

        var bytes = File.ReadAllBytes(path);
        var from = range is null || !KnowsRanges ? 0 : int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
        if (range is not null && KnowsRanges) response.StatusCode = from < bytes.Length ? 206 : 416;
        response.ContentLength64 = Math.Max(0, bytes.Length - from);
        response.OutputStream.Write(bytes.AsSpan(Math.Min(from, bytes.Length)));
        response.Close();
    }
}
