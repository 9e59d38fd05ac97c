using Altar.Tensors;

namespace Altar.Datasets.Generated;

/// <summary>Sets that are written by the program itself, so that a first run needs no download.</summary>
public static class GeneratedSets
{
    private const string Products = "products";

    /// <summary>Writes the set that <see cref="DataOptions.Generate"/> names, where the folder of <see cref="DataOptions.Train"/> is not there yet. The pictures are the same for every seed of a run.</summary>
    /// <param name="options">The recipe's data; <c>train</c> must be a file train.csv in a folder of its own.</param>
    /// <param name="cancel">Ends the work; nothing is left.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="BadInputException">An unknown set, or another name than train.csv.</exception>
    public static bool Ensure(DataOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Generate is not { } name) return false;
        if (name != Products) throw new BadInputException($"data.generate: no set '{name}'. There is {Products}.");
        if (Path.GetFileName(options.Train) != GeneratedProducts.TrainName)
            throw new BadInputException($"data.train: '{options.Train}' cannot be generated. Name a file {GeneratedProducts.TrainName} in a folder of its own, such as data/{Products}/{GeneratedProducts.TrainName}.");

        var folder = Path.GetDirectoryName(Path.GetFullPath(options.Train))!;
        if (Directory.Exists(folder)) return false;
        WriteWhole(folder, new GeneratedProductsOptions(), cancel);
        return true;
    }

    // Written beside the folder and renamed, so that a folder that is there is complete.
    internal static void WriteWhole(string folder, GeneratedProductsOptions options, CancellationToken cancel)
    {
        var temporary = $"{folder}.{Environment.ProcessId}.tmp";
        try
        {
            GeneratedProducts.Write(temporary, new Seed(1), options, cancel);
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
