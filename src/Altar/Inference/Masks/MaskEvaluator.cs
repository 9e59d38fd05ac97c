using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Masks;
using Altar.Networks.Segmentation;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Inference.Masks;

/// <summary>A trained segmentation network that is judged on masked pictures, as its run's validation did it.</summary>
public sealed class MaskEvaluator : IDisposable
{
    private readonly SegmentationNetwork _network;
    private readonly Device _device;
    private readonly DataOptions _data;

    private MaskEvaluator(SegmentationNetwork network, ModelCard card, DataOptions data, Device device) =>
        (_network, Card, _data, _device) = (network, card, data, device);

    /// <summary>Classes, input size, preprocessing, and how masks are read.</summary>
    public ModelCard Card { get; }

    /// <summary>Whether a run or checkpoint is of a segmentation network.</summary>
    /// <param name="path">A run folder or a checkpoint folder.</param>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static bool IsFor(string path) => SegmentationCatalog.Contains(ModelCardFile.Read(CheckpointPath.Find(path)).Model.Name);

    /// <summary>Opens a trained network.</summary>
    /// <param name="path">A run folder, which means its best checkpoint, or a checkpoint folder.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <exception cref="BadInputException">There is no checkpoint of a segmentation network, it is damaged, or the device is not there.</exception>
    public static MaskEvaluator Open(string path, string device = "auto")
    {
        var folder = CheckpointPath.Find(path);
        var card = ModelCardFile.Read(folder);
        if (card.Data is not { } data) throw new BadInputException($"{Path.Combine(folder, ModelCardFile.Name)}: {card.Model.Name} was not trained on masks; it cannot be judged by them.");
        var place = DeviceChoice.Parse(device);
        var network = SegmentationCatalog.Create(card.Model, card.Classes.Count);
        try
        {
            using var tensors = WeightsFile.Read(Path.Combine(folder, "model.safetensors"));
            WeightLoader.Load(network, tensors, allowUnset: [], card.Model.Name);   // the decoder too: these weights are this network's own
            ChannelsLast.Convert(network);
            return new MaskEvaluator(network.to(place), card, data, place);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Judges pictures with masks.</summary>
    /// <param name="pictures">A folder, a manifest, or a list.</param>
    /// <param name="masks">A folder, a COCO file, or a column of the manifest; null (default): as the run named it, where that was a column.</param>
    /// <param name="threshold">For one class: the probability from which on a pixel belongs to it. Default 0.5.</param>
    /// <param name="options">Batch and threads; null for the defaults.</param>
    /// <param name="progress">Given the number of samples, what is told how many are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="BadInputException">Pictures or masks cannot be used.</exception>
    public MaskJudgement Evaluate(
        string pictures, string? masks = null, double threshold = 0.5, PredictOptions? options = null, Func<int, IProgress<int>>? progress = null, CancellationToken cancel = default)
    {
        options ??= new PredictOptions { Batch = 8 };
        var (set, setAside) = MaskedPictures.OpenOne(_data with { Train = pictures, Masks = masks ?? _data.Masks, Threads = options.Threads }, cancel);
        var samples = MaskSamples.ToJudge(set, _data, Card.Size, Card.Model.Preprocessing, setAside);
        var batches = new BatchOptions { Batch = options.Batch, Threads = options.Threads, Shuffles = false, Device = _device };
        using var loader = new BatchLoader(samples, batches, new Seed(0));
        var judgement = MaskJudgement.Of(_network, loader, Card.Classes, Card.Model.Preprocessing, samples.NameOf, threshold, progress?.Invoke(samples.Count), cancel);
        judgement.Skipped = setAside.Items;
        return judgement;
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();
}
