namespace Altar.Training.Tricks;

/// <summary>Finds training samples whose labels look wrong, so that hard is not mistaken for wrong.</summary>
/// <remarks>
/// A network learns what many labels agree on before it learns single wrong ones by heart. Late in such a stage a sample with a wrong label still
/// has a large loss, and the network is sure of another class; a hard sample has a large loss too, but no class is sure. Close to the area under
/// the margin (arXiv:2001.10528), with probabilities in the place of logits and late views counting most.
/// </remarks>
public static class Suspects
{
    /// <summary>By how much another class must on average have been likelier than the label. Default of <see cref="Find"/>.</summary>
    public const double LeastDisagreement = 0.5;

    /// <summary>The suspected samples, the surest first.</summary>
    /// <param name="records">What is known of the samples.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="least">Least mean disagreement, in (0, 1): higher gives fewer and surer ones.</param>
    public static IReadOnlyList<SampleRecord> Find(IEnumerable<SampleRecord> records, IReadOnlyList<int> labels, double least = LeastDisagreement)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(labels);
        return
        [
            .. records
                .Where(record => record.Guess >= 0 && record.Guess != labels[record.Sample] && record.Disagreement >= least)
                .OrderByDescending(record => record.Disagreement).ThenBy(record => record.Sample),
        ];
    }
}
