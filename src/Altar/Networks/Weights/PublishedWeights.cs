using System.Security.Cryptography;
using Altar.Tensors;

namespace Altar.Networks.Weights;

/// <summary>Published weight files: fetched once, checked by their hash, kept in the cache.</summary>
public static class PublishedWeights
{
    /// <summary>The network and file of a name; null where nothing of that name is published.</summary>
    /// <param name="fileName">E.g. "resnet34-b627a593.pth".</param>
    public static (NetworkEntry Network, PublishedFile File)? Find(string fileName) =>
        NetworkCatalog.Entries.SelectMany(network => network.Published.Select(file => ((NetworkEntry, PublishedFile)?)(network, file))).FirstOrDefault(pair => pair!.Value.Item2.Name == fileName);

    /// <summary>The path of the file in the cache; downloads it when it is not there or is damaged.</summary>
    /// <param name="file">What to fetch.</param>
    /// <param name="cache">Where to. Default: as the environment says.</param>
    /// <param name="progress">Told the bytes, from the calling thread.</param>
    /// <param name="cancel">Stops the download; the cache stays as it was.</param>
    /// <exception cref="BadInputException">It could not be had; says which file to put where.</exception>
    public static string Fetch(PublishedFile file, WeightCache? cache = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        cache ??= new();
        var path = Path.Combine(Path.GetFullPath(cache.Folder), file.Name);
        if (File.Exists(path) && HasHash(path, file.Sha256)) return path;
        var url = cache.Mirror is { } mirror ? new Uri($"{mirror.TrimEnd('/')}/{file.Name}") : file.Url;
        var damaged = File.Exists(path) ? " The file that is there is not what was published." : "";
        try
        {
            Download(file, url, path, cache, progress, cancel);
            return path;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            throw new BadInputException($"{file.Name} could not be fetched from {url}: {error.Message}{damaged} Put that file at {path}, name a file of your own (--set model.weights=PATH), or start without: --set model.weights=none", error);
        }
    }

    private static void Download(PublishedFile file, Uri url, string path, WeightCache cache, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = cache.Patience }) { Timeout = Timeout.InfiniteTimeSpan };
        var wait = cache.FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                AtomicFile.Write(path, target => Receive(client, file, url, target, cache.Patience, progress, cancel));
                return;
            }
            catch (Exception error) when (attempt < cache.Attempts && MayPass(error))
            {
                cancel.WaitHandle.WaitOne(wait);
                cancel.ThrowIfCancellationRequested();
                wait *= 2;
            }
        }
    }

    // Not worth another try: the server says that there is no such file, or the disk does not take it.
    private static bool MayPass(Exception error) => error switch
    {
        HttpRequestException { StatusCode: { } status } => (int)status is 408 or 429 or >= 500,
        HttpRequestException or HttpIOException or TimeoutException or DamagedException => true,
        _ => false,
    };

    private static void Receive(HttpClient client, PublishedFile file, Uri url, Stream target, TimeSpan patience, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        silence.CancelAfter(patience);
        try
        {
            using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, url), HttpCompletionOption.ResponseHeadersRead, silence.Token);
            response.EnsureSuccessStatusCode();
            using var body = response.Content.ReadAsStream(silence.Token);
            Copy(body, target, file, response.Content.Headers.ContentLength, patience, progress, silence);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"the server was silent for {patience.TotalSeconds:0.#} s.");
        }
    }

    private static void Copy(Stream body, Stream target, PublishedFile file, long? length, TimeSpan patience, IProgress<DownloadProgress>? progress, CancellationTokenSource silence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 18];
        var total = 0L;
        while (true)
        {
            var count = body.ReadAsync(buffer, silence.Token).AsTask().GetAwaiter().GetResult();
            if (count == 0) break;
            silence.CancelAfter(patience);
            target.Write(buffer, 0, count);
            hash.AppendData(buffer, 0, count);
            progress?.Report(new(file.Name, total += count, length));
        }

        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (!found.StartsWith(file.Sha256, StringComparison.Ordinal)) throw new DamagedException($"what came has the SHA-256 {found[..16]}..., published is {file.Sha256}.");
    }

    private static bool HasHash(string path, string expected)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream)).StartsWith(expected, StringComparison.Ordinal);
    }

    private sealed class DamagedException(string message) : IOException(message);
}
