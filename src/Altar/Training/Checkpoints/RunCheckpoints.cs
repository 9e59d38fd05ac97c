using System.Globalization;
using System.Text.Json;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Training.Checkpoints;

/// <summary>Writes and reads the checkpoints of a run.</summary>
/// <param name="folder">The run.</param>
/// <param name="card">What the weights belong to, for a network in the given stage.</param>
/// <param name="recipe">The resolved recipe, kept beside the weights.</param>
/// <param name="free">Tells the free bytes at a path. Default <see cref="DiskRoom.Free"/>.</param>
public sealed class RunCheckpoints(RunFolder folder, Func<Stage, ModelCard> card, string recipe, Func<string, long>? free = null)
{
    // Headers, cards, recipe and state: far above what they take, far below what matters on a disk.
    private const long BytesBesideTensors = 1 << 20;

    private const string NetworkFile = "model.safetensors", OptimizerFile = "optimizer.safetensors", TricksFile = "tricks.safetensors", TrainingFile = "training.safetensors",
        StepsKey = "steps", StateFile = "state.json", RecipeFile = "recipe.yaml";

    /// <summary>Saves all that a resumed run needs.</summary>
    /// <param name="session">The stage at hand.</param>
    /// <param name="state">How far the run is.</param>
    public void SaveLast(StageSession session, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(session);
        var (optimizer, tricks) = (session.Optimizer.Memory, session.TrickMemory);
        var training = session.Average is null ? null : session.Network.state_dict();
        Save(folder.Last, session.Weights, session.Stage, [optimizer, tricks, .. training is null ? Array.Empty<IReadOnlyDictionary<string, Tensor>>() : [training]], coming =>
        {
            Safetensors.Write(Path.Combine(coming, OptimizerFile), optimizer, new Dictionary<string, string> { [StepsKey] = session.Optimizer.Steps.ToString(CultureInfo.InvariantCulture) });
            Safetensors.Write(Path.Combine(coming, TricksFile), tricks);
            if (training is not null) Safetensors.Write(Path.Combine(coming, TrainingFile), training);
            AtomicFile.WriteText(Path.Combine(coming, StateFile), JsonSerializer.Serialize(state, CheckpointJson.Options));
        });
    }

    /// <summary>Saves the weights of the best epoch.</summary>
    /// <param name="session">The stage at hand.</param>
    public void SaveBest(StageSession session) => SaveTo(folder.Best, session, _ => { });

    /// <summary>Saves the weights of the best epoch that were held back.</summary>
    /// <param name="held">A copy of them.</param>
    internal void SaveBest(HeldWeights held) => Save(folder.Best, held.Tensors, held.Stage, [], _ => { });

    /// <summary>Saves the weights at the end of an epoch.</summary>
    /// <param name="number">From 1, over the run.</param>
    /// <param name="session">The stage at hand.</param>
    public void SaveEpoch(int number, StageSession session) => SaveTo(folder.Epoch(number), session, _ => { });

    /// <summary>Saves the weights of an epoch elsewhere.</summary>
    /// <param name="path">The checkpoint's folder.</param>
    /// <param name="session">The stage at hand.</param>
    /// <param name="more">Writes more files into the folder that it is given.</param>
    public void SaveTo(string path, StageSession session, Action<string> more)
    {
        ArgumentNullException.ThrowIfNull(session);
        Save(path, session.Weights, session.Stage, [], more);
    }

    /// <summary>Saves the weights at the end of a cycle.</summary>
    /// <param name="number">From 1, over the run.</param>
    /// <param name="session">The stage at hand.</param>
    public void SaveSnapshot(int number, StageSession session) => SaveTo(folder.Snapshot(number), session, _ => { });

    /// <summary>Takes away the checkpoints of epochs that are not kept.</summary>
    /// <param name="kept">Numbers of those that are.</param>
    public void PruneEpochs(IReadOnlySet<int> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        Prune("epoch-", number => !kept.Contains(number));
    }

    /// <summary>Takes away the snapshots that are not kept.</summary>
    /// <param name="policy">Says which are.</param>
    /// <param name="newest">Number of the newest.</param>
    public void PruneSnapshots(RetentionPolicy policy, int newest)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Prune("snapshot-", number => !policy.KeepsSnapshot(number, newest));
    }

    /// <summary>Reads how far a run is, after mending what a kill may have left.</summary>
    /// <param name="folder">The run.</param>
    /// <returns>Null where nothing was saved.</returns>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public static TrainingState? ReadState(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (Directory.Exists(folder.Checkpoints)) AtomicFolder.RecoverAll(folder.Checkpoints);
        var path = Path.Combine(folder.Last, StateFile);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<TrainingState>(File.ReadAllText(path), CheckpointJson.Options);
        }
        catch (JsonException error)
        {
            throw new BadInputException($"{path}: no state of a run: {error.Message} Start anew in another --out.", error);
        }
    }

    /// <summary>Fills a network with a checkpoint's weights.</summary>
    /// <param name="network">The network of the run.</param>
    /// <param name="checkpoint">The checkpoint's folder.</param>
    public static void RestoreWeights(VisionNetwork network, string checkpoint) => Restore(network, Path.Combine(checkpoint, NetworkFile));

    /// <summary>Fills a network with the weights that training goes on with: the last checkpoint's, before any average.</summary>
    /// <param name="network">The network of the run.</param>
    public void RestoreTraining(VisionNetwork network)
    {
        var path = Path.Combine(folder.Last, TrainingFile);
        Restore(network, File.Exists(path) ? path : Path.Combine(folder.Last, NetworkFile));
    }

    /// <summary>Gives optimizer and tricks the memory of the last checkpoint.</summary>
    /// <param name="session">The stage that the checkpoint was saved in.</param>
    /// <exception cref="BadInputException">A file cannot be read, or lacks what the stage needs.</exception>
    public void RestoreMemory(StageSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        using var optimizer = WeightsFile.Read(Path.Combine(folder.Last, OptimizerFile));
        using var tricks = WeightsFile.Read(Path.Combine(folder.Last, TricksFile));
        try
        {
            session.Optimizer.Restore(optimizer.Tensors, int.Parse(optimizer.Metadata[StepsKey], CultureInfo.InvariantCulture));
            session.RestoreTricks(tricks.Tensors);
        }
        catch (KeyNotFoundException error)
        {
            throw new BadInputException($"{folder.Last}: the checkpoint lacks what the stage remembers: {error.Message} Another version wrote it; start anew in another --out.", error);
        }
    }

    private static void Restore(VisionNetwork network, string file)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var weights = WeightsFile.Read(file);
        WeightLoader.Load(network, weights, allowUnset: [], network.GetName());   // the head too: these weights are this network's own
    }

    private void Save(string path, IReadOnlyDictionary<string, Tensor> weights, Stage stage, IEnumerable<IReadOnlyDictionary<string, Tensor>> others, Action<string> more)
    {
        DiskRoom.Require(folder.Checkpoints, BytesBesideTensors + others.Prepend(weights).Sum(BytesOf), free);
        AtomicFolder.Write(path, coming =>
        {
            Safetensors.Write(Path.Combine(coming, NetworkFile), weights);
            ModelCardFile.Write(coming, card(stage));
            AtomicFile.WriteText(Path.Combine(coming, RecipeFile), recipe);
            more(coming);
        });
    }

    private void Prune(string prefix, Predicate<int> goes)
    {
        foreach (var path in Directory.GetDirectories(folder.Checkpoints, prefix + "*"))
        {
            if (int.TryParse(Path.GetFileName(path)[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && goes(number)) AtomicFolder.Remove(path);
        }
    }

    private static long BytesOf(IReadOnlyDictionary<string, Tensor> tensors) => tensors.Values.Sum(tensor => tensor.numel() * tensor.ElementSize);
}
