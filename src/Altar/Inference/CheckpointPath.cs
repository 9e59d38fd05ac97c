using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Inference;

/// <summary>What the name of a run or checkpoint stands for.</summary>
public static class CheckpointPath
{
    /// <summary>The checkpoint folder: the path itself, or the best one of a run folder.</summary>
    /// <param name="path">A run folder or a checkpoint folder.</param>
    /// <exception cref="BadInputException">It is neither; the message says what was looked for.</exception>
    public static string Find(string path)
    {
        var run = new RunFolder(path);
        if (IsCheckpoint(path)) return path;
        if (IsCheckpoint(run.Best)) return run.Best;
        if (IsCheckpoint(run.Last)) throw new BadInputException($"{path}: the run has no best checkpoint yet; resume it, or name {run.Last}.");
        if (File.Exists(path)) throw new BadInputException($"{path} is a file; name the checkpoint folder it lies in, or a run folder.");
        throw Directory.Exists(path)
            ? new BadInputException($"{path}: neither a checkpoint ({ModelCardFile.Name} is missing) nor a run (checkpoints/best/{ModelCardFile.Name} is missing).")
            : new BadInputException($"{path}: no such folder; name a run folder or a checkpoint folder.");
    }

    private static bool IsCheckpoint(string folder) => File.Exists(Path.Combine(folder, ModelCardFile.Name));
}
