using Altar.Tensors;

namespace Altar.Search;

/// <summary>One writer at a time: two that add to one index at once would lose the photos of the first.</summary>
internal static class IndexLock
{
    /// <summary>Held until it is disposed of.</summary>
    /// <exception cref="BadInputException">Another process holds it.</exception>
    public static IDisposable Take(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + ".lock";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new BadInputException($"{folder}: another process is writing this index. Wait until it is done.", error);
        }
    }
}
