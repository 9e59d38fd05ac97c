using Altar.Batching;
using Altar.Datasets;
using Altar.Images;
using Altar.Inference.Views;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Inference;

/// <summary>Networks that see the same input: a picture is read once for all of them.</summary>
/// <param name="members">With the same input size and preprocessing.</param>
internal sealed class MemberGroup(IReadOnlyList<TrainedClassifier> members)
{
    public IReadOnlyList<TrainedClassifier> Members => members;

    /// <summary>Puts networks together that see the same input, in the order of the first of each.</summary>
    public static IReadOnlyList<MemberGroup> Of(IEnumerable<TrainedClassifier> all) =>
        [.. all.GroupBy(member => (member.Card.Size, string.Join(' ', member.Card.Shapes), Text(member.Card.Model.Preprocessing))).Select(group => new MemberGroup([.. group]))];

    /// <summary>Judges pictures, batch by batch while the result is read.</summary>
    /// <returns>In order; those that cannot be read are left out.</returns>
    /// <exception cref="BadInputException">A network takes no other shape.</exception>
    public IEnumerable<MemberRows> Judge(IReadOnlyList<Sample> samples, PredictOptions options, SetAside setAside, IProgress<int>? progress, CancellationToken cancel) =>
        SampleOrder.Restore(Stream(samples, options, setAside, progress, cancel).Select(said => (said.Sample, said)));

    private IEnumerable<MemberRows> Stream(IReadOnlyList<Sample> samples, PredictOptions options, SetAside setAside, IProgress<int>? progress, CancellationToken cancel)
    {
        foreach (var member in members) PictureBatches.ShapesOf(member.Card, options);
        using var source = PictureBatches.Open(samples, members[0].Card, options, members[0].Device, setAside, Source, cancel);
        foreach (var batch in source.Epoch(0, cancel: cancel))
        {
            foreach (var rows in Judge(batch, options)) yield return rows;
            progress?.Report(Math.Min((batch.Index + 1) * options.Batch, samples.Count));
        }

        ViewSamples Source(PixelSize size) => new(samples, options.Views.Crops, size, members[0].Card.Model.Preprocessing, setAside);
    }

    // Not part of the iterator: a dispose scope must not stay open while the reader of the predictions works.
    private List<MemberRows> Judge(Batch batch, PredictOptions options)
    {
        using (batch)
        {
            var said = members.Select(member => RowsOf(member, batch.Images, options)).ToList();
            return [.. batch.Samples.Select((sample, i) => new MemberRows(sample, [.. said.Select(rows => rows[i])]))];
        }
    }

    /// <summary>What one network says, a row of class probabilities for each picture.</summary>
    public static List<float[]> RowsOf(TrainedClassifier member, Tensor images, PredictOptions options)
    {
        using var probabilities = member.Probabilities(images, options.Views, options.ViewMean);   // [N, K]
        var values = probabilities.data<float>().ToArray();
        return [.. values.Chunk(member.Card.Classes.Count)];
    }

    private static string Text(Normalization normalization) => string.Join(' ', normalization.Mean.Concat(normalization.Std));
}
