namespace Altar.Training.Checkpoints;

/// <summary>Room on a disk, asked for before anything is written: a disk that fills up in the middle of a write may take other programs along.</summary>
public static class DiskRoom
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Makes sure of the room for a checkpoint.</summary>
    /// <param name="folder">Where it goes; an ancestor is asked where it is missing.</param>
    /// <param name="bytes">What it needs.</param>
    /// <param name="free">Tells the free bytes at a path. Default <see cref="Free"/>.</param>
    /// <exception cref="IOException">There is not enough.</exception>
    public static void Require(string folder, long bytes, Func<string, long>? free = null)
    {
        var there = (free ?? Free)(folder);
        if (there >= bytes) return;
        throw new IOException(FormattableString.Invariant(
            $"{folder}: the next checkpoint needs {bytes / Mebibyte:0.0} MiB, and its disk has {there / Mebibyte:0.0} MiB free (checkpoint.keep says which old ones are kept)."));
    }

    /// <summary>Bytes that this user may still write at a path; <see cref="long.MaxValue"/> where the system does not tell.</summary>
    /// <param name="path">A folder that need not be there yet.</param>
    public static long Free(string path)
    {
        var place = Path.GetFullPath(path);
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } parent) place = parent;
        try
        {
            return new DriveInfo(place).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return long.MaxValue;   // a place without a drive of its own: the write itself will tell
        }
    }
}
