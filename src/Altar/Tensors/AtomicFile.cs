namespace Altar.Tensors;

/// <summary>Files that are there whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside <paramref name="path"/> under a temporary name, flushes to disk, then renames. A failure leaves the earlier file.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="write">Fills the stream.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = $"{full}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception error)
        {
            File.Delete(temporary);
            if (IsTooLarge(error)) throw new IOException($"File too large : '{temporary}'", error);
            throw;
        }
    }

    // What .NET makes of EFBIG: more than the file system or the process's limit (ulimit -f) allows.
    private static bool IsTooLarge(Exception error) =>
        error is ArgumentOutOfRangeException { ParamName: "value" } && error.TargetSite?.DeclaringType?.Assembly == typeof(FileStream).Assembly;

    /// <summary>Writes a text as UTF-8 without a byte-order mark.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="text">The whole content.</param>
    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });
}
