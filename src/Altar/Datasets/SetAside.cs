using System.Collections.Concurrent;
using Altar.Tensors;

namespace Altar.Datasets;

/// <summary>Pictures that could not be read and were left out of the run, with the reason. Safe to use from many threads.</summary>
public sealed class SetAside
{
    /// <summary>A larger share of damaged pictures than this stops the run: 5 %.</summary>
    public const double LargestShare = 0.05;

    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);

    /// <summary>How many pictures were set aside.</summary>
    public int Count => _reasons.Count;

    /// <summary>The pictures and their reasons, by ordinal order of the path, as they are now.</summary>
    public IReadOnlyList<DamagedPicture> Items =>
        [.. _reasons.Select(pair => new DamagedPicture(pair.Key, pair.Value)).OrderBy(item => item.Path, StringComparer.Ordinal)];

    /// <summary>Sets a picture aside. A second reason for the same picture is ignored.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <returns>False if it was set aside before.</returns>
    public bool Add(string path, string reason) => _reasons.TryAdd(path, reason);

    /// <summary>Whether a picture was set aside.</summary>
    /// <param name="path">The file.</param>
    public bool Contains(string path) => _reasons.ContainsKey(path);

    /// <summary>Stops the run if more than <see cref="LargestShare"/> of the pictures were set aside.</summary>
    /// <param name="total">How many pictures there are, damaged ones included.</param>
    /// <exception cref="BadInputException">Too many; the message counts them and names the first few.</exception>
    public void ThrowIfTooMany(int total)
    {
        if (Count <= total * LargestShare) return;
        var items = Items;
        var list = Names.Few([.. items.Select(item => $"{item.Path} ({item.Reason})")]);
        throw new BadInputException($"{items.Count} of {total} pictures cannot be read, more than {LargestShare * 100} %: {list}. Mend or remove them; altar inspect-data lists them all.");
    }
}

/// <summary>A picture that cannot be read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record DamagedPicture(string Path, string Reason);
