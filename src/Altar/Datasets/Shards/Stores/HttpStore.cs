using System.Net;
using System.Net.Http.Headers;
using Altar.Tensors;

namespace Altar.Datasets.Shards.Stores;

/// <summary>Shards on a web server. A shard is entered in its middle by a range request; a server that knows none is read from the start.</summary>
public sealed class HttpStore : IShardStore
{
    private readonly Uri _base;
    private readonly HttpClient _client;

    /// <summary>Shards below an address.</summary>
    /// <param name="address">Such as https://example.org/shards/.</param>
    /// <param name="handler">How requests are sent. Default: the system's way, proxies and redirects included.</param>
    public HttpStore(Uri address, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        _base = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        _client = new HttpClient(handler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { Timeout = Timeout.InfiniteTimeSpan };   // silence is watched where it is read
    }

    /// <inheritdoc/>
    public string NameOf(string name) => new Uri(_base, name).AbsoluteUri;

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(string name, long offset, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_base, name));
        if (offset > 0) request.Headers.Range = new RangeHeaderValue(offset, null);
        var response = await SendAsync(request, cancel).ConfigureAwait(false);
        try
        {
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return new MemoryStream();   // the file ends before the place
            if (!response.IsSuccessStatusCode) throw Refused(response, NameOf(name));
            var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            if (offset > 0 && response.StatusCode != HttpStatusCode.PartialContent) await DiscardAsync(stream, offset, cancel).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long? LengthOf(string name) => null;

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw new TransientException(error.InnerException?.Message ?? error.Message, error);
        }
    }

    private static Exception Refused(HttpResponseMessage response, string address)
    {
        var status = $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        return response.StatusCode switch
        {
            >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => new TransientException(status),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new BadInputException($"{address}: the server has no such file ({status}). Correct the address, or upload the shards with their index."),
            _ => new BadInputException($"{address}: the server refuses ({status}). See to it that this machine may read the address."),
        };
    }

    private static async Task DiscardAsync(Stream stream, long bytes, CancellationToken cancel)
    {
        var buffer = new byte[1 << 16];
        while (bytes > 0)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), cancel).ConfigureAwait(false);
            if (read == 0) return;
            bytes -= read;
        }
    }
}
