using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Images;
using Altar.Metrics;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Inference;

/// <summary>A trained network with everything it needs to judge pictures: classes, input size, preprocessing.</summary>
public sealed class Predictor : IDisposable
{
    private const string WeightsName = "model.safetensors";
    private readonly Classifier _network;
    private readonly Device _device;

    /// <summary>Takes a network over: it goes to evaluation mode and channels-last, and is freed with the predictor.</summary>
    internal Predictor(Classifier network, ModelCard card, Device device)
    {
        (_network, Card, _device) = (network.to(device), card, device);
        network.eval();
        ChannelsLast.Convert(network);
    }

    /// <summary>Opens a trained network.</summary>
    /// <param name="path">A run folder, which means its best checkpoint, or a checkpoint folder.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <exception cref="BadInputException">There is no checkpoint, it is damaged, or the device is not there.</exception>
    public static Predictor Open(string path, string device = "auto")
    {
        var folder = CheckpointPath.Find(path);
        var card = ModelCardFile.Read(folder);
        var place = DeviceChoice.Parse(device);
        var network = NetworkCatalog.Create(card.Model.Name, card.Classes.Count, card.Model);
        try
        {
            using var tensors = WeightsFile.Read(Path.Combine(folder, WeightsName));
            WeightLoader.Load(network, tensors, allowUnset: [], card.Model.Name);   // the head too: these weights are this network's own
            return new Predictor(network, card, place);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Classes, input size and preprocessing.</summary>
    public ModelCard Card { get; }

    /// <summary>Judges pictures, batch by batch while the result is read.</summary>
    /// <param name="samples">The pictures; labels are passed through.</param>
    /// <param name="options">Batch and threads; null for the defaults.</param>
    /// <param name="setAside">Where pictures that cannot be read are listed; they have no prediction, however many they are. Null: they are only left out.</param>
    /// <param name="progress">Told how many of the pictures are done; called on the reading thread.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>In the order of <paramref name="samples"/>.</returns>
    public IEnumerable<Prediction> Predict(
        IReadOnlyList<Sample> samples, PredictOptions? options = null, SetAside? setAside = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        options ??= new PredictOptions();
        new BatchOptions { Batch = options.Batch, Threads = options.Threads }.Validated();
        return samples.Count == 0 ? [] : SampleOrder.Restore(Stream(samples, options, setAside ?? new SetAside(), progress, cancel));
    }

    /// <summary>Class probabilities of pictures that are prepared already.</summary>
    /// <param name="images">Normalised as <see cref="Card"/> says, float [N, 3, H, W], on any device.</param>
    /// <returns>Float [N, K] on the CPU, summing to 1.</returns>
    public Tensor Probabilities(Tensor images)
    {
        Shape.Nchw(images, nameof(images));
        using var scope = NewDisposeScope();
        return ValidationPass.Probabilities(_network, images.to(_device)).cpu().contiguous().MoveToOuterDisposeScope();   // [N, K]
    }

    /// <summary>What the trunk makes of pictures that are prepared already: their embeddings.</summary>
    /// <param name="images">Normalised as <see cref="Card"/> says, float [N, 3, H, W], on any device.</param>
    /// <returns>Float [N, D] on the CPU, of any length.</returns>
    public Tensor Embeddings(Tensor images)
    {
        Shape.Nchw(images, nameof(images));
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        return _network.Embed(images.to(_device)).to(ScalarType.Float32).cpu().contiguous().MoveToOuterDisposeScope();   // [N, D]
    }

    /// <summary>The network, in evaluation mode.</summary>
    internal Classifier Network => _network;

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();

    private IEnumerable<(int Sample, Prediction Item)> Stream(IReadOnlyList<Sample> samples, PredictOptions options, SetAside setAside, IProgress<int>? progress, CancellationToken cancel)
    {
        using var source = PictureBatches.Open(samples, Card, options, _device, setAside, Source, cancel);
        foreach (var batch in source.Epoch(0, cancel: cancel))
        {
            foreach (var prediction in Judge(batch, samples)) yield return prediction;
            progress?.Report(Math.Min((batch.Index + 1) * options.Batch, samples.Count));
        }

        PictureSamples Source(PixelSize size) => new(samples, new Augmenter(AugmentationOptions.None, size), Card.Model.Preprocessing, setAside) { LimitsDamage = false };
    }

    // Not part of the iterator: a dispose scope must not stay open while the reader of the predictions works.
    private List<(int Sample, Prediction Item)> Judge(Batch batch, IReadOnlyList<Sample> samples)
    {
        using (batch)
        using (var probabilities = Probabilities(batch.Images))   // [N, K]
        {
            var values = probabilities.data<float>().ToArray();
            return [.. batch.Samples.Zip(values.Chunk(Card.Classes.Count), (sample, row) => (sample, new Prediction(samples[sample].Path, samples[sample].Label, row)))];
        }
    }
}
