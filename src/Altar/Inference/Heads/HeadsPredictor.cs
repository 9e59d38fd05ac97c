using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Heads;
using Altar.Images;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Inference.Heads;

/// <summary>What the heads of a network say of one picture.</summary>
/// <param name="Path">The file.</param>
/// <param name="Said">For each head probabilities of its classes or labels, or the one output of a value.</param>
public sealed record HeadsPrediction(string Path, IReadOnlyList<float[]> Said);

/// <summary>A trained network with several heads.</summary>
public sealed class HeadsPredictor : IDisposable
{
    private readonly Classifier _network;
    private readonly Device _device;

    private HeadsPredictor(Classifier network, ModelCard card, Device device)
    {
        ChannelsLast.Convert(network);
        network.eval();
        (_network, Card, _device) = (network.to(device), card, device);
        Layout = HeadLayout.Of([.. Heads.Select(head => head.ToSpec())]);
    }

    /// <summary>Size, shapes, preprocessing, and the heads.</summary>
    public ModelCard Card { get; }

    /// <summary>The heads, in the order of the outputs.</summary>
    public IReadOnlyList<HeadCard> Heads => Card.Heads!;

    /// <summary>Where their targets and outputs lie.</summary>
    public HeadLayout Layout { get; }

    /// <summary>Whether a run or checkpoint is of a network with several heads.</summary>
    /// <param name="path">A run folder or a checkpoint folder.</param>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static bool IsFor(string path) => ModelCardFile.Read(CheckpointPath.Find(path)).Heads is not null;

    /// <summary>Opens a trained network.</summary>
    /// <param name="path">A run folder, which means its best checkpoint, or a checkpoint folder.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <exception cref="BadInputException">There is no checkpoint of a network with heads, it is damaged, or the device is not there.</exception>
    public static HeadsPredictor Open(string path, string device = "auto")
    {
        var folder = CheckpointPath.Find(path);
        var card = ModelCardFile.Read(folder);
        if (card.Heads is null) throw new BadInputException($"{Path.Combine(folder, ModelCardFile.Name)}: the network has no heads, but classes. Name a run with model.heads.");
        var place = DeviceChoice.Parse(device);
        var network = NetworkCatalog.Create(card.Model.Name, card.Classes.Count, card.Model);
        try
        {
            using var tensors = WeightsFile.Read(Path.Combine(folder, "model.safetensors"));
            WeightLoader.Load(network, tensors, allowUnset: [], card.Model.Name);
            return new HeadsPredictor(network, card, place);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Judges pictures, batch by batch while the result is read.</summary>
    /// <param name="samples">The pictures.</param>
    /// <param name="options">Batch, threads and shapes; null for the defaults.</param>
    /// <param name="setAside">Where pictures that cannot be read are listed. Null: they are only left out.</param>
    /// <param name="progress">Told how many of the pictures are done; called on the reading thread.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>In the order of <paramref name="samples"/>.</returns>
    public IEnumerable<HeadsPrediction> Predict(
        IReadOnlyList<Sample> samples, PredictOptions? options = null, SetAside? setAside = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return samples.Count == 0 ? [] : SampleOrder.Restore(Stream(samples, options ?? new PredictOptions(), setAside ?? new SetAside(), progress, cancel));
    }

    /// <summary>Judges pictures that are labelled for some of the heads.</summary>
    /// <param name="set">The pictures.</param>
    /// <param name="options">Batch, threads and shapes; null for the defaults.</param>
    /// <param name="progress">Told how many of the pictures are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="BadInputException">Not one picture can be read.</exception>
    public HeadsJudgement Evaluate(HeadsSet set, PredictOptions? options = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        var setAside = new SetAside();
        using var source = set.Open(Card, options ?? new PredictOptions(), _device, setAside, cancel);
        var judgement = HeadsJudgement.Of(_network, source, Layout, Heads, progress: progress, cancel: cancel);
        judgement.Skipped = setAside.Items;
        return judgement.Pictures > 0 ? judgement : throw new BadInputException($"{set.Source}: not one of {set.Count} pictures can be read; the first: {setAside.Items.Select(item => $"{item.Path} ({item.Reason})").FirstOrDefault()}.");
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();

    private IEnumerable<(int Sample, HeadsPrediction Item)> Stream(IReadOnlyList<Sample> samples, PredictOptions options, SetAside setAside, IProgress<int>? progress, CancellationToken cancel)
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
    private List<(int Sample, HeadsPrediction Item)> Judge(Batch batch, IReadOnlyList<Sample> samples)
    {
        using (batch)
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            var output = _network.Output(batch.Images, trunkRests: false);                                        // [N, all outputs]
            List<float[][]> heads = [.. Layout.Heads.Zip(Heads, (head, card) => HeadOutputs.Said(output, head, card.Temperature).Chunk(head.Outputs).ToArray())];
            return [.. batch.Samples.Select((sample, i) => (sample, new HeadsPrediction(samples[sample].Path, [.. heads.Select(head => head[i])])))];
        }
    }
}
