using Altar.Datasets.Heads;
using Altar.Metrics;
using Altar.Networks;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>Several heads on one trunk, of which each sample is labelled for some: the sum of their losses, and the figures of each.</summary>
/// <remarks>The network has one linear layer with the outputs of all heads, as <see cref="HeadLayout"/> places them.</remarks>
/// <param name="terms">The heads, in the order of the outputs.</param>
/// <param name="softmax">Over what the softmax of single-label heads is taken. Default: each head's own classes.</param>
public sealed class HeadsTask(IReadOnlyList<HeadTerm> terms, SoftmaxScope softmax = SoftmaxScope.Heads) : LearningTask
{
    /// <summary>The loss first, then the figures of each head with its name before them.</summary>
    public override IReadOnlyList<Metric> Metrics { get; } = [Metric.Loss, .. terms.SelectMany(term => HeadTally.MetricsOf(term.Head.Name, term.Head.Kind))];

    /// <inheritdoc/>
    public override Metric DefaultBest => Metric.Loss;

    /// <inheritdoc/>
    public override IObjective ObjectiveOf(Stage stage) => new HeadsObjective(terms, softmax);

    /// <inheritdoc/>
    public override IValidationTally BeginValidation() => new Tally(terms, new HeadsObjective(terms, softmax));

    private sealed class Tally(IReadOnlyList<HeadTerm> terms, HeadsObjective objective) : IValidationTally
    {
        private readonly HeadTally[] _heads = [.. terms.Select(term => new HeadTally(term.Head, term.Center, term.Scale))];
        private readonly (double Loss, double Labelled)[] _losses = new (double, double)[terms.Count];

        public void Add(Tensor output, Tensor targets)
        {
            using var scope = NewDisposeScope();
            foreach (var (index, (each, known)) in objective.Terms(output, targets).Index())
            {
                _losses[index].Loss += each.to_type(ScalarType.Float64).sum().item<double>();
                _losses[index].Labelled += known.to_type(ScalarType.Float64).sum().item<double>();
            }

            var truths = HeadOutputs.Targets(targets);
            var slots = (int)targets.shape[1];
            foreach (var (term, tally) in terms.Zip(_heads))
            {
                var said = HeadOutputs.Said(output, term.Head);
                var length = term.Head.Outputs;
                for (var i = 0; i < truths.Length / slots; i++) tally.Add(said.AsSpan(i * length, length), truths.AsSpan(i * slots, slots));
            }
        }

        public MetricValues Values()
        {
            var loss = terms.Zip(_losses, (term, sum) => sum.Labelled == 0 ? 0 : term.Weight * sum.Loss / sum.Labelled).Sum();
            return new([(Metric.Loss, loss), .. _heads.SelectMany(head => head.Values())]);
        }
    }
}
