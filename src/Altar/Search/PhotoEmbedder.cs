using Altar.Augmentation;
using Altar.Datasets;
using Altar.Datasets.Duplicates;
using Altar.Images;
using Altar.Inference;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training.Checkpoints;
using static TorchSharp.torch;

namespace Altar.Search;

/// <summary>Turns photos into features: what the trunk of a classifier hands to its head, divided by its length.</summary>
public sealed class PhotoEmbedder : IDisposable
{
    private const string WeightsName = "model.safetensors";

    private readonly Predictor _predictor;
    private readonly Augmenter _view;

    /// <summary>Takes a predictor over.</summary>
    internal PhotoEmbedder(Predictor predictor)
    {
        _predictor = predictor;
        _view = new Augmenter(AugmentationOptions.None, predictor.Card.Size);
        Identity = NetworkFingerprint.Of(predictor.Network, predictor.Card);
    }

    /// <summary>Opens a trained network.</summary>
    /// <param name="path">A run folder, which means its best checkpoint, or a checkpoint folder.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <exception cref="BadInputException">There is no checkpoint, or it is damaged.</exception>
    public static PhotoEmbedder Open(string path, string device = "auto") => new(Predictor.Open(path, device));

    /// <summary>A network of the catalogue with published weights or those of a file, without any training of ours.</summary>
    /// <param name="model">Network, weights, padding and preprocessing.</param>
    /// <param name="size">Input size.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <exception cref="BadInputException">No such network or file, or the file is for another network.</exception>
    public static PhotoEmbedder Create(ModelOptions model, PixelSize size, string device = "auto")
    {
        var place = DeviceChoice.Parse(device);
        var (network, _) = PretrainedNetwork.Create(model, classes: 1, new Seed(0));
        return new PhotoEmbedder(new Predictor(network, new ModelCard { Model = model, Classes = ["photo"], Size = size }, place));
    }

    /// <summary>What makes its features comparable with others.</summary>
    public NetworkIdentity Identity { get; }

    /// <summary>Network, preprocessing and input size.</summary>
    public ModelCard Card => _predictor.Card;

    /// <summary>The features of photos, in their order, while the result is read; threads decode the next ones meanwhile.</summary>
    /// <param name="photos">The photos.</param>
    /// <param name="options">Batch and threads; null for the defaults.</param>
    /// <param name="setAside">Where photos that cannot be read are listed. Null: they are only left out.</param>
    /// <param name="progress">Told how many photos are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    public IEnumerable<EmbeddedPhoto> Embed(
        PhotoList photos, PredictOptions? options = null, SetAside? setAside = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(photos);
        options ??= new PredictOptions();
        return Stream(photos.Photos.Chunk(options.Batch), options.Threads, setAside ?? new SetAside(), progress, cancel);
    }

    /// <summary>The feature of one picture.</summary>
    /// <param name="picture">Upright, at any size.</param>
    public float[] Embed(Raster picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var input = new float[InputLength];
        _view.Apply(picture, _view.Draw(new Seed(0).ToRandom(), picture.Size), Card.Model.Preprocessing, input);
        return Features(input, 1)[0];
    }

    /// <summary>Writes the network as a checkpoint that <see cref="Open"/> reads.</summary>
    /// <param name="folder">Where.</param>
    public void Write(string folder)
    {
        Safetensors.Write(Path.Combine(folder, WeightsName), _predictor.Network.state_dict());
        ModelCardFile.Write(folder, Card);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _predictor.Dispose();

    private int InputLength => Card.Size.Width * Card.Size.Height * 3;

    private IEnumerable<EmbeddedPhoto> Stream(IEnumerable<SourcePhoto[]> chunks, int threads, SetAside setAside, IProgress<int>? progress, CancellationToken cancel)
    {
        using var next = chunks.GetEnumerator();
        var coming = Task.Run(Advance, cancel);
        var done = 0;
        try
        {
            while (coming.GetAwaiter().GetResult() is { } batch)
            {
                coming = Task.Run(Advance, cancel);
                foreach (var photo in Embedded(batch)) yield return photo;
                progress?.Report(done += batch.Photos.Length);
            }
        }
        finally   // whoever leaves early must not free the list under the thread that reads it
        {
            Task.WhenAny(coming).GetAwaiter().GetResult();
        }

        Prepared? Advance() => next.MoveNext() ? Prepare(next.Current, threads, setAside, cancel) : null;
    }

    private Prepared Prepare(SourcePhoto[] photos, int threads, SetAside setAside, CancellationToken cancel)
    {
        var batch = new Prepared(photos, new float[photos.Length * InputLength], new Look?[photos.Length]);
        Parallel.For(0, photos.Length, Threads.Limit(threads, cancel), i => batch.Looks[i] = TryPrepare(photos[i], batch.Input.AsSpan(i * InputLength, InputLength), setAside));
        return batch;
    }

    private Look? TryPrepare(SourcePhoto photo, Span<float> input, SetAside setAside)
    {
        try
        {
            var draw = _view.Draw(new Seed(0).ToRandom(), photo.ReadHeader().Size);
            var picture = photo.Read(new ReadOptions { AtLeast = draw.AtLeast() });
            _view.Apply(picture, draw, Card.Model.Preprocessing, input);
            return Look.Of(picture);
        }
        catch (DamagedPictureException damage)
        {
            setAside.Add(photo.Image, damage.Reason);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            setAside.Add(photo.Image, $"cannot be opened: {error.Message.TrimEnd('.')}");
        }

        return null;
    }

    private List<EmbeddedPhoto> Embedded(Prepared batch)
    {
        var features = Features(batch.Input, batch.Photos.Length);
        return [.. from i in Enumerable.Range(0, batch.Photos.Length)
                   where batch.Looks[i] is not null
                   select new EmbeddedPhoto(batch.Photos[i].Image, features[i], batch.Photos[i].Columns) { Look = batch.Looks[i] }];
    }

    private float[][] Features(float[] input, int count)
    {
        using var scope = NewDisposeScope();
        var images = tensor(input, [count, Card.Size.Height, Card.Size.Width, 3]).permute(0, 3, 1, 2);   // [N, 3, H, W], channels-last
        var features = _predictor.Embeddings(images);                                                     // [N, L]
        var rows = features.data<float>().ToArray().Chunk(Identity.Length).ToArray();
        foreach (var row in rows) VectorCode.Normalize(row);
        return rows;
    }

    private sealed record Prepared(SourcePhoto[] Photos, float[] Input, Look?[] Looks);
}
