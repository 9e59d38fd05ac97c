namespace Altar.Training.Checkpoints;

/// <summary>Folders that are there whole or not at all.</summary>
public static class AtomicFolder
{
    /// <summary>Fills a folder beside <paramref name="path"/>, then puts it in its place. A failure leaves the earlier folder.</summary>
    /// <param name="path">The folder to replace or make.</param>
    /// <param name="fill">Writes and flushes the files into the folder it is given.</param>
    public static void Write(string path, Action<string> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        Recover(path);
        var coming = path + Coming;
        try
        {
            Directory.CreateDirectory(coming);
            fill(coming);
        }
        catch
        {
            if (Directory.Exists(coming)) Directory.Delete(coming, recursive: true);
            throw;
        }

        if (Directory.Exists(path)) Directory.Move(path, path + Going);
        Directory.Move(coming, path);
        if (Directory.Exists(path + Going)) Directory.Delete(path + Going, recursive: true);
    }

    /// <summary>Mends what a kill in the middle of <see cref="Write"/> left: the folder is then the newest whole one, if there was any.</summary>
    /// <param name="path">The folder.</param>
    public static void Recover(string path)
    {
        if (!Directory.Exists(path) && Directory.Exists(path + Going)) Directory.Move(path + Going, path);
        foreach (var left in new[] { path + Coming, path + Going }.Where(Directory.Exists)) Directory.Delete(left, recursive: true);
    }

    /// <summary>Mends every folder in a folder.</summary>
    /// <param name="home">The folder around them.</param>
    public static void RecoverAll(string home)
    {
        foreach (var gone in Directory.GetDirectories(home, "*" + Gone)) Directory.Delete(gone, recursive: true);
        foreach (var left in Directory.GetDirectories(home).Where(path => path.EndsWith(Coming, StringComparison.Ordinal) || path.EndsWith(Going, StringComparison.Ordinal)))
        {
            Recover(Path.Combine(home, Path.GetFileNameWithoutExtension(left)));
        }
    }

    /// <summary>Takes a folder away; a kill in the middle leaves no half of it under its name.</summary>
    /// <param name="path">The folder; nothing happens where there is none.</param>
    public static void Remove(string path)
    {
        if (!Directory.Exists(path)) return;
        if (Directory.Exists(path + Gone)) Directory.Delete(path + Gone, recursive: true);
        Directory.Move(path, path + Gone);
        Directory.Delete(path + Gone, recursive: true);
    }

    private const string Coming = ".coming", Going = ".going", Gone = ".gone";
}
