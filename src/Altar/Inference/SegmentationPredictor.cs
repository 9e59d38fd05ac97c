using System.Security.Cryptography;
using Altar.Inference.Tiles;
using Altar.Networks.Segmentation;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Inference;

/// <summary>A trained segmentation network with everything it needs to say of pictures and rasters what each pixel is.</summary>
public sealed class SegmentationPredictor : IDisposable
{
    private const string WeightsName = "model.safetensors";
    private readonly SegmentationNetwork _network;
    private readonly Device _device;
    private readonly string _identity;

    /// <summary>Takes a network over: it goes to evaluation mode and channels-last, and is freed with the predictor.</summary>
    internal SegmentationPredictor(SegmentationNetwork network, ModelCard card, Device device, string identity)
    {
        (_network, Card, _device, _identity) = (network.to(device), card, device, identity);
        network.eval();
        ChannelsLast.Convert(network);
    }

    /// <summary>Network, classes, preprocessing.</summary>
    public ModelCard Card { get; }

    /// <summary>The network as prediction by tiles takes it.</summary>
    public RasterModel Model => new()
    {
        Probabilities = Probabilities,
        Classes = Card.Classes,
        Mean = EachChannel(Card.Model.Preprocessing.Mean),
        Std = EachChannel(Card.Model.Preprocessing.Std),
        Stride = _network.Stride,
        Device = _device,
        Identity = _identity,
        Threshold = Card.Threshold ?? 0.5,
        Scale = Card.Part is { } part ? NetworkScale.Of(part, Card.Size) : NetworkScale.One,
        Whole = Card is { Part: not null, Data.Crop: null } ? Card.Size : null,
    };

    /// <summary>Whether a run or checkpoint is of a segmentation network.</summary>
    /// <param name="path">A run folder or a checkpoint folder.</param>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static bool IsFor(string path) => SegmentationCatalog.Contains(ModelCardFile.Read(CheckpointPath.Find(path)).Model.Name);

    /// <summary>Opens a trained network.</summary>
    /// <param name="path">A run folder, which means its best checkpoint, or a checkpoint folder.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <exception cref="BadInputException">There is no checkpoint of a segmentation network, it is damaged, or the device is not there.</exception>
    public static SegmentationPredictor Open(string path, string device = "auto")
    {
        var folder = CheckpointPath.Find(path);
        var card = ModelCardFile.Read(folder);
        var place = DeviceChoice.Parse(device);
        var weights = Path.Combine(folder, WeightsName);
        var network = SegmentationCatalog.Create(card.Model, card.Classes.Count);
        try
        {
            using var tensors = WeightsFile.Read(weights);
            WeightLoader.Load(network, tensors, allowUnset: [], card.Model.Name);   // the decoder too: these weights are this network's own
            return new SegmentationPredictor(network, card, place, Fingerprint(weights));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>What each pixel is.</summary>
    /// <param name="images">Normalised as <see cref="Card"/> says, float [N, C, H, W] of any size, on the network's device.</param>
    /// <returns>Float [N, K, H, W] there. One class: its probability against the background; more: they sum to 1.</returns>
    public Tensor Probabilities(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var noGradients = no_grad();
        using var logits = _network.call(images);                                     // [N, K, H, W]
        return Card.Classes.Count == 1 ? logits.sigmoid() : nn.functional.softmax(logits, 1);
    }

    /// <summary>Predicts a picture or raster, or all below a folder: DIR/NAME.tif for a TIFF, DIR/NAME.png otherwise. What is finished is not made again; what is damaged is listed.</summary>
    /// <param name="input">A file or a folder.</param>
    /// <param name="folder">DIR.</param>
    /// <param name="options">Tiles, views, output; null for the defaults.</param>
    /// <param name="progress">Told the rows that are done of the raster in work.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>; finished results stay.</param>
    /// <exception cref="BadInputException">There is nothing to predict, an option does not fit, or two results would have one name.</exception>
    /// <exception cref="IOException">A result cannot be written.</exception>
    public RasterBatchResult Predict(
        string input, string folder, RasterOptions? options = null, IProgress<RasterProgress>? progress = null, CancellationToken cancel = default)
    {
        var predictor = new RasterPredictor(Model, options);
        List<string> files = [.. PictureFiles.List(input).Select(sample => sample.Path)];
        return RasterBatch.Predict(predictor, RasterBatch.Places(files, input, folder), progress, cancel);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();

    // Channels beyond red, green and blue are normalised as the last of them.
    private float[] EachChannel(IReadOnlyList<float> values) => [.. Enumerable.Range(0, _network.Channels).Select(channel => values[Math.Min(channel, values.Count - 1)])];

    private static string Fingerprint(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
