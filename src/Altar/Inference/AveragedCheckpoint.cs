using Altar.Batching;
using Altar.Datasets;
using Altar.Ensembling;
using Altar.Inference.Views;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Inference;

/// <summary>Writes the mean of several checkpoints' weights as a checkpoint of its own.</summary>
public static class AveragedCheckpoint
{
    /// <summary>Averages and writes.</summary>
    /// <param name="checkpoints">At least two, of one network.</param>
    /// <param name="folder">The checkpoint to write; an earlier average there is replaced.</param>
    /// <param name="norms">Measures the batch norms' statistics anew on these pictures, best those learnt from; null keeps the mean of the members' statistics.</param>
    /// <param name="device">auto (default), cpu, or cuda:N; for the norms.</param>
    /// <param name="options">Batch and threads for the norms; null for the defaults.</param>
    /// <param name="progress">Told how many pictures there are for the norms, and gives the receiver that is told how many are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>; nothing is written.</param>
    /// <exception cref="BadInputException">The networks, classes or inputs differ, the folder holds something else, or the pictures cannot be used.</exception>
    public static void Write(
        IReadOnlyList<MemberCheckpoint> checkpoints, string folder, string? norms = null, string device = "auto", PredictOptions? options = null,
        Func<int, IProgress<int>>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        if (checkpoints.Count < 2) throw new BadInputException("A mean of weights needs at least two checkpoints.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, ModelCardFile.Name)))
            throw new BadInputException($"{folder}: the folder is not empty and holds no checkpoint; name another for the averaged weights.");

        var card = CardOf(checkpoints);
        using var mean = AveragedWeights.Of([.. checkpoints.Select(checkpoint => Path.Combine(checkpoint.Folder, TrainedClassifier.WeightsName))]);
        if (norms is null)
        {
            Save(folder, mean.Tensors, card);
            return;
        }

        using var network = TrainedClassifier.Open("average", card, mean, DeviceChoice.Parse(device));
        Measure(network, norms, options ?? new PredictOptions(), progress, cancel);
        Save(folder, network.Network.state_dict(), card);
    }

    private static void Measure(TrainedClassifier network, string path, PredictOptions options, Func<int, IProgress<int>>? progress, CancellationToken cancel)
    {
        var card = network.Card;
        var set = PictureSource.Open(path, new DataOptions { Image = card.ImageColumn, Label = card.LabelColumn }, card.Classes);
        var pictures = new ViewSamples(set.Samples, ViewPlan.None.Crops, card.Size, card.Model.Preprocessing, new SetAside());
        var batches = new BatchOptions { Batch = options.Batch, SmallestBatch = Math.Min(2, options.Batch), Threads = options.Threads, Device = network.Device };
        using var loader = new BatchLoader(pictures, batches, new Seed(1));   // shuffled: a batch of one class has its own statistics
        NormRefresh.Run(network.Network, loader, progress?.Invoke(set.Samples.Count), cancel);
    }

    private static void Save(string folder, IReadOnlyDictionary<string, TorchSharp.torch.Tensor> tensors, ModelCard card) => AtomicFolder.Write(Path.TrimEndingDirectorySeparator(folder), coming =>
    {
        Safetensors.Write(Path.Combine(coming, TrainedClassifier.WeightsName), tensors);
        ModelCardFile.Write(coming, card);
    });

    // The last one's card, since a run's last stage often has the largest input; a temperature of a member is not that of the mean.
    private static ModelCard CardOf(IReadOnlyList<MemberCheckpoint> checkpoints)
    {
        List<ModelCard> cards = [.. checkpoints.Select(checkpoint => ModelCardFile.Read(checkpoint.Folder))];
        foreach (var (index, card) in cards.Index())
        {
            if (card.Model.Name != cards[0].Model.Name || !card.Classes.SequenceEqual(cards[0].Classes))
                throw new BadInputException($"{checkpoints[index].Name} is {card.Model.Name} and {checkpoints[0].Name} {cards[0].Model.Name}, or their classes differ: their weights have no mean. They can be an ensemble where the classes are the same.");
        }

        return cards[^1] with { Temperature = 1 };
    }
}
