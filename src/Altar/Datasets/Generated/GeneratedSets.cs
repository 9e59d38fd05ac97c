using Altar.Tensors;

namespace Altar.Datasets.Generated;

/// <summary>Sets that are written by the program itself, so that a first run needs no download.</summary>
public static class GeneratedSets
{
    private const string Products = "products", Aerial = "aerial";

    /// <summary>Names that <see cref="DataOptions.Generate"/> may have.</summary>
    public static IReadOnlyList<string> All { get; } = [Products, Aerial];

    /// <summary>Writes the set that <see cref="DataOptions.Generate"/> names, where its folder is not there yet. The pictures are the same for every seed of a run.</summary>
    /// <param name="options">The recipe's data; <c>train</c> must be a file train.csv (products) or a folder train/images (aerial) in a folder of its own.</param>
    /// <param name="cancel">Ends the work; nothing is left.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="BadInputException">An unknown set, or another name of <c>train</c>.</exception>
    public static bool Ensure(DataOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Generate is not { } name) return false;
        var folder = name switch
        {
            Products => FolderOf(options.Train, GeneratedProducts.TrainName, "a file", name),
            Aerial => FolderOf(Path.TrimEndingDirectorySeparator(options.Train), AerialScenes.TrainImages, "a folder", name),
            _ => throw new BadInputException($"data.generate: no set '{name}'. There are {string.Join(" and ", All)}."),
        };
        if (Directory.Exists(folder)) return false;
        if (name == Products) WriteWhole(folder, new GeneratedProductsOptions(), cancel);
        else WriteWhole(folder, new AerialScenesOptions(), cancel);
        return true;
    }

    internal static void WriteWhole(string folder, GeneratedProductsOptions options, CancellationToken cancel) =>
        WriteWhole(folder, temporary => GeneratedProducts.Write(temporary, new Seed(1), options, cancel));

    internal static void WriteWhole(string folder, AerialScenesOptions options, CancellationToken cancel) =>
        WriteWhole(folder, temporary => AerialScenes.Write(temporary, new Seed(1), options, cancel));

    private static string FolderOf(string train, string expected, string what, string set)
    {
        var full = Path.GetFullPath(train);
        return full.EndsWith(Path.DirectorySeparatorChar + expected, StringComparison.Ordinal) && full.Length > expected.Length + 1
            ? full[..^(expected.Length + 1)]
            : throw new BadInputException($"data.train: '{train}' cannot be generated. Name {what} {expected} in a folder of its own, such as {Path.Combine("data", set, expected)}.");
    }

    // Written beside the folder and renamed, so that a folder that is there is complete.
    private static void WriteWhole(string folder, Action<string> write)
    {
        var temporary = $"{folder}.{Environment.ProcessId}.tmp";
        try
        {
            write(temporary);
            Directory.Move(temporary, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another run wrote the same pictures first.
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }
    }
}
