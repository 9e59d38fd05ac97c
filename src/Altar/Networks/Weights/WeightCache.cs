namespace Altar.Networks.Weights;

/// <summary>Where published weights are kept and fetched from.</summary>
public sealed record WeightCache
{
    /// <summary>Folder of the files. Default: the environment variable ALTAR_CACHE, else ~/.cache/altar/weights.</summary>
    public string Folder { get; init; } = FromEnvironment("ALTAR_CACHE") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "altar", "weights");

    /// <summary>Mirror that has all files side by side; null: each publisher's own address. Default: the environment variable ALTAR_WEIGHTS_URL, else null.</summary>
    public string? Mirror { get; init; } = FromEnvironment("ALTAR_WEIGHTS_URL");

    /// <summary>Times a download is tried, at least 1. Default 3.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Wait before the second attempt, doubled before each further one. Default 1 s.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest silence of the server before an attempt is given up. Default 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    private static string? FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}

/// <summary>How far a download is.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Bytes">Bytes that are there.</param>
/// <param name="TotalBytes">Bytes there will be; null where the server does not say.</param>
public readonly record struct DownloadProgress(string File, long Bytes, long? TotalBytes);
