using Altar.Batching;
using Altar.Datasets;
using Altar.Ensembling;
using Altar.Inference.Views;
using Altar.Metrics;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training.Checkpoints;
using static TorchSharp.torch;

namespace Altar.Inference;

/// <summary>One or several trained networks with everything they need to judge pictures: classes, input size, preprocessing, temperature.</summary>
public sealed class Predictor : IDisposable
{
    private readonly IReadOnlyList<TrainedClassifier> _members;
    private readonly MeanKind _mean;

    /// <summary>Takes a network over: it goes to evaluation mode and channels-last, and is freed with the predictor.</summary>
    internal Predictor(Classifier network, ModelCard card, Device device) : this([new TrainedClassifier(card.Model.Name, network, card, device)], MeanKind.Arithmetic)
    {
    }

    internal Predictor(IReadOnlyList<TrainedClassifier> members, MeanKind mean) => (_members, _mean) = (members, mean);

    /// <summary>Opens a trained network.</summary>
    /// <param name="path">A run folder, which means its best checkpoint; a checkpoint folder; or a folder of <c>altar folds</c>, which means the ensemble of its runs.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <exception cref="BadInputException">There is no checkpoint, it is damaged, or the device is not there.</exception>
    public static Predictor Open(string path, string device = "auto") => Open(MemberCheckpoint.Find([path]), device);

    /// <summary>Opens several trained networks, also different ones, as an ensemble.</summary>
    /// <param name="checkpoints">At least one; see <see cref="MemberCheckpoint.Find"/>.</param>
    /// <param name="device">auto (default), cpu, or cuda:N.</param>
    /// <param name="mean">How their probabilities are averaged. Default arithmetic.</param>
    /// <param name="calibrates">Whether each network's temperature is applied. Default true.</param>
    /// <exception cref="BadInputException">A checkpoint is missing or damaged, their classes differ, or the device is not there.</exception>
    public static Predictor Open(IReadOnlyList<MemberCheckpoint> checkpoints, string device = "auto", MeanKind mean = MeanKind.Arithmetic, bool calibrates = true)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        var place = DeviceChoice.Parse(device);
        RequireSameClasses(checkpoints);
        var members = new List<TrainedClassifier>();
        try
        {
            foreach (var checkpoint in checkpoints) members.Add(TrainedClassifier.Open(checkpoint, place, calibrates));
            return new Predictor(members, mean);
        }
        catch
        {
            foreach (var member in members) member.Dispose();
            throw;
        }
    }

    /// <summary>Classes, input size and preprocessing; of an ensemble its first network's.</summary>
    public ModelCard Card => _members[0].Card;

    /// <summary>The names of the networks, in order.</summary>
    public IReadOnlyList<string> Members => [.. _members.Select(member => member.Name)];

    /// <summary>Judges pictures, batch by batch while the result is read.</summary>
    /// <param name="samples">The pictures; labels are passed through.</param>
    /// <param name="options">Batch, threads and views; null for the defaults.</param>
    /// <param name="setAside">Where pictures that cannot be read are listed; they have no prediction, however many they are. Null: they are only left out.</param>
    /// <param name="progress">Told how many of the pictures are done; called on the reading thread.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>In the order of <paramref name="samples"/>.</returns>
    public IEnumerable<Prediction> Predict(
        IReadOnlyList<Sample> samples, PredictOptions? options = null, SetAside? setAside = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Judge(samples, options, setAside, progress, cancel)
            .Select(said => new Prediction(samples[said.Sample].Path, samples[said.Sample].Label, ProbabilityMean.OfRows(said.Rows, _mean)));
    }

    /// <summary>What each network says of pictures, to average as often as wanted.</summary>
    /// <param name="samples">The pictures; labels are passed through.</param>
    /// <param name="options">Batch, threads and views; null for the defaults.</param>
    /// <param name="setAside">Where pictures that cannot be read are listed.</param>
    /// <param name="progress">Told how many of the pictures are done.</param>
    /// <param name="cancel">Ends it early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>One for each network, with the same pictures.</returns>
    public IReadOnlyList<EnsembleMember> PredictEach(
        IReadOnlyList<Sample> samples, PredictOptions? options = null, SetAside? setAside = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var all = Judge(samples, options, setAside, progress, cancel).ToList();
        return [.. Members.Select((name, member) => new EnsembleMember(name, all.ConvertAll(said => new Prediction(samples[said.Sample].Path, samples[said.Sample].Label, said.Rows[member]))))];
    }

    /// <summary>Class probabilities of pictures that are prepared already, in the view given.</summary>
    /// <param name="images">Normalised as <see cref="Card"/> says, float [N, 3, H, W], on any device.</param>
    /// <returns>Float [N, K] on the CPU, summing to 1.</returns>
    /// <exception cref="InvalidOperationException">The networks of an ensemble are prepared for in different ways.</exception>
    public Tensor Probabilities(Tensor images)
    {
        Shape.Nchw(images, nameof(images));
        if (_members.Count == 1) return _members[0].Probabilities(images, ViewPlan.None, MeanKind.Arithmetic);
        if (MemberGroup.Of(_members).Count > 1) throw new InvalidOperationException("The networks of this ensemble want their pictures prepared in different ways: call Predict.");
        var said = _members.Select(member => MemberGroup.RowsOf(member, images, new PredictOptions())).ToList();
        float[] values = [.. Enumerable.Range(0, said[0].Count).SelectMany(i => ProbabilityMean.OfRows([.. said.Select(rows => rows[i])], _mean))];
        return tensor(values, [said[0].Count, Card.Classes.Count]);
    }

    /// <summary>What the trunk makes of pictures that are prepared already: their embeddings; of an ensemble its first network's.</summary>
    /// <param name="images">Normalised as <see cref="Card"/> says, float [N, 3, H, W], on any device.</param>
    /// <returns>Float [N, D] on the CPU, of any length.</returns>
    public Tensor Embeddings(Tensor images)
    {
        Shape.Nchw(images, nameof(images));
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        return Network.Embed(images.to(_members[0].Device)).to(ScalarType.Float32).cpu().contiguous().MoveToOuterDisposeScope();   // [N, D]
    }

    /// <summary>The network, in evaluation mode; of an ensemble its first.</summary>
    internal Classifier Network => _members[0].Network;

    /// <summary>Frees the networks.</summary>
    public void Dispose()
    {
        foreach (var member in _members) member.Dispose();
    }

    private IEnumerable<MemberRows> Judge(IReadOnlyList<Sample> samples, PredictOptions? options, SetAside? setAside, IProgress<int>? progress, CancellationToken cancel)
    {
        options ??= new PredictOptions();
        setAside ??= new SetAside();
        new BatchOptions { Batch = options.Batch, Threads = options.Threads }.Validated();
        if (samples.Count == 0) return [];
        var groups = MemberGroup.Of(_members);
        if (groups.Count == 1) return groups[0].Judge(samples, options, setAside, progress, cancel);
        List<TrainedClassifier> order = [.. groups.SelectMany(group => group.Members)];
        List<int> places = [.. _members.Select(member => order.IndexOf(member))];
        return SampleJoin.Of([.. groups.Select((group, i) => group.Judge(samples, options, setAside, i == 0 ? progress : null, cancel))])
            .Select(said => said with { Rows = [.. places.Select(place => said.Rows[place])] });
    }

    private static void RequireSameClasses(IReadOnlyList<MemberCheckpoint> checkpoints)
    {
        if (checkpoints.Count == 0) throw new BadInputException("Name at least one checkpoint.");
        var first = ModelCardFile.Read(checkpoints[0].Folder).Classes;
        foreach (var other in checkpoints.Skip(1))
        {
            var classes = ModelCardFile.Read(other.Folder).Classes;
            if (classes.SequenceEqual(first)) continue;
            var lacking = first.Except(classes).Concat(classes.Except(first)).Take(3).ToList();
            throw new BadInputException($"{other.Name} and {checkpoints[0].Name} cannot be averaged: {(lacking.Count > 0 ? $"their classes differ, first in {string.Join(", ", lacking)}" : "their classes are in different orders")}. Name runs that were trained on the same classes.");
        }
    }
}
