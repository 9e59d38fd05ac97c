using System.Security.Cryptography;
using Altar.Images;

namespace Altar.Datasets.Duplicates;

/// <summary>What two copies of a picture have in common.</summary>
/// <param name="Path">The file.</param>
/// <param name="Content">SHA-256 of its bytes, in hex: equal for the same file.</param>
/// <param name="Look">What it looks like; null where it cannot be decoded.</param>
internal sealed record Fingerprint(string Path, string Content, Look? Look)
{
    private static readonly ReadOptions Coarse = new() { AtLeast = Look.Resolution };

    /// <summary>Reads and decodes the picture, a JPEG at reduced scale. What cannot be decoded goes to <paramref name="damaged"/>.</summary>
    public static Fingerprint Of(string path, SetAside damaged)
    {
        var content = $"not read: {path}";
        try
        {
            content = ContentOf(path);
            return new Fingerprint(path, content, Look.Of(RasterReader.Read(path, Coarse)));
        }
        catch (DamagedPictureException error)
        {
            damaged.Add(path, error.Reason);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            damaged.Add(path, $"cannot be opened: {error.Message.TrimEnd('.')}");
        }

        return new Fingerprint(path, content, null);
    }

    /// <summary>SHA-256 of a file, in hex.</summary>
    public static string ContentOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }

    /// <summary>Those of many pictures, in their order.</summary>
    public static Fingerprint[] OfAll(IReadOnlyList<string> paths, int threads, SetAside damaged, CancellationToken cancel)
    {
        var prints = new Fingerprint[paths.Count];
        Parallel.For(0, paths.Count, Threads.Limit(threads, cancel), index => prints[index] = Of(paths[index], damaged));
        return prints;
    }
}
