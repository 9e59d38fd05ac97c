using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Datasets.Heads;
using Altar.Datasets.Shards;
using Altar.Images;
using Altar.Tensors;
using Altar.Training.Checkpoints;
using TorchSharp;

namespace Altar.Inference.Heads;

/// <summary>Pictures that are labelled for some heads of a trained network, to judge it by.</summary>
public sealed class HeadsSet : IDisposable
{
    private readonly LabelledSets? _listed;
    private readonly ShardPart? _shards;

    private HeadsSet(string source, LabelledSets listed) => (Source, _listed) = (source, listed);

    private HeadsSet(string source, ShardPart shards) => (Source, _shards) = (source, shards);

    /// <summary>Where the pictures are listed.</summary>
    public string Source { get; }

    /// <summary>Number of pictures.</summary>
    public int Count => _listed?.Samples.Count ?? _shards!.Set.Count;

    /// <summary>Opens labelled pictures.</summary>
    /// <param name="path">A manifest, a folder with a folder a class, or shards.</param>
    /// <param name="layout">The heads.</param>
    /// <param name="card">Names the columns of the training.</param>
    /// <param name="labels">Head to column. Null (default): the columns of the training, as far as they are there.</param>
    /// <param name="cancel">Ends the waiting for a server.</param>
    /// <exception cref="BadInputException">It cannot be read, labels no head, or has a label that a head does not know.</exception>
    public static HeadsSet Open(string path, HeadLayout layout, ModelCard card, IReadOnlyDictionary<string, string>? labels = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(card);
        var heads = card.Heads ?? [];
        if (ShardSet.IsShards(path)) return OpenShards(path, layout, heads, labels, cancel);
        var columns = Manifest.IsManifest(path) ? ManifestTable.Read(path).Columns : ["label"];
        var chosen = labels ?? ColumnsOf(heads, columns, path);
        return new HeadsSet(path, LabelledSets.Open([new LabelledSetOptions { Path = path, Image = card.ImageColumn, Labels = chosen }], layout));
    }

    /// <summary>Closes shards.</summary>
    public void Dispose() => _shards?.Set.Dispose();

    internal IBatchSource Open(ModelCard card, PredictOptions options, torch.Device device, SetAside setAside, CancellationToken cancel)
    {
        if (_listed is { } listed)
            return PictureBatches.Open(listed.Samples, card, options, device, setAside, Samples, cancel);
        if (options.Shapes is { Count: > 0 }) throw new BadInputException($"--shapes: the pictures of shards have no known size before they are read ({Source}). Leave them out, or name a manifest.");
        var batches = new BatchOptions { Batch = options.Batch, Threads = options.Threads, Shuffles = false, Device = device };
        return new ShardLoader([_shards!], new Augmenter(AugmentationOptions.None, card.Size), card.Model.Preprocessing, setAside, batches, new ShardReadOptions(), new Seed(0));

        PictureSamples Samples(PixelSize size) =>
            new(listed.Samples, new Augmenter(AugmentationOptions.None, size), card.Model.Preprocessing, setAside) { Targets = listed, LimitsDamage = false };
    }

    private static HeadsSet OpenShards(string path, HeadLayout layout, IReadOnlyList<HeadCard> heads, IReadOnlyDictionary<string, string>? labels, CancellationToken cancel)
    {
        var set = ShardSet.Open(path, cancel: cancel);
        try
        {
            var chosen = labels ?? ColumnsOf(heads, [.. set.Index.Columns.Select(column => column.Name)], path);
            ListedLabels.Require(set, layout, chosen);
            return new HeadsSet(path, new ShardPart(set, new HeadColumns(layout, chosen)));
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    private static Dictionary<string, string> ColumnsOf(IReadOnlyList<HeadCard> heads, IReadOnlyList<string> columns, string path)
    {
        var found = heads.Where(head => columns.Contains(head.Column)).ToDictionary(head => head.Name, head => head.Column);
        return found.Count > 0
            ? found
            : throw new BadInputException($"{path}: none of its columns ({Names.Few(columns)}) is one that labelled a head in training ({Names.Few([.. heads.Select(head => head.Column)])}). Write --labels HEAD=COLUMN.");
    }
}
