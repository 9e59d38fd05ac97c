using System.Globalization;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Losses;

/// <summary>A weighted sum of named losses on pixels, as <c>stages[].loss: {bce: 1, log_jaccard: 0.3}</c> says it.</summary>
public sealed class PixelLoss
{
    private readonly IReadOnlyList<(LossEntry Loss, double Weight)> _terms;
    private readonly PixelLossOptions _options;
    private readonly float[]? _classWeights;

    private PixelLoss(IReadOnlyList<(LossEntry, double)> terms, PixelLossOptions options, float[]? classWeights) =>
        (_terms, _options, _classWeights) = (terms, options, classWeights);

    /// <summary>Builds the sum. Terms of weight 0 are left out; weights are taken as they are, not scaled to a sum of 1.</summary>
    /// <param name="weights">Weight of each named loss, at least 0, one of them above 0.</param>
    /// <param name="channels">Channels K of the network: 1 for one class against the background, else the number of classes.</param>
    /// <param name="classWeights">Weight of each channel's class, length K, each at least 0; what it does is said with each loss. Default: all 1.</param>
    /// <param name="options">The numbers inside the losses. Default: the papers'.</param>
    /// <exception cref="BadInputException">What <see cref="Problems"/> says, all in one message.</exception>
    public static PixelLoss From(IReadOnlyDictionary<string, double> weights, int channels, IReadOnlyList<double>? classWeights = null, PixelLossOptions? options = null)
    {
        var problems = Problems(weights, channels, classWeights);
        if (problems.Count > 0) throw new BadInputException(string.Join(Environment.NewLine, problems.Select(problem => $"loss: {problem}")));
        return new PixelLoss(
            [.. from term in weights where term.Value > 0 select (LossCatalog.Find(term.Key), term.Value)],
            options ?? new PixelLossOptions(),
            classWeights is null ? null : [.. classWeights.Select(weight => (float)weight)]);
    }

    /// <summary>What is wrong with a mapping of losses; nothing if it can be used.</summary>
    /// <param name="weights">Weight of each named loss.</param>
    /// <param name="channels">Channels K of the network.</param>
    /// <param name="classWeights">Weight of each channel's class.</param>
    /// <returns>One sentence or two for each problem, without the key they stand at.</returns>
    public static IReadOnlyList<string> Problems(IReadOnlyDictionary<string, double> weights, int channels, IReadOnlyList<double>? classWeights = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        List<string> problems = [.. weights.SelectMany(term => ProblemsOf(term.Key, term.Value, channels))];
        if (problems.Count == 0 && !weights.Values.Any(weight => weight > 0)) problems.Add("no loss has a weight above 0; write for example {dice: 1}.");
        if (classWeights is null) return problems;

        if (classWeights.Count != channels) problems.Add($"there are {classWeights.Count} class weights for {channels} channels; give one for each.");
        if (!classWeights.All(IsWeight)) problems.Add("a class weight is below 0 or no number; write 0 or more.");
        else if (!classWeights.Any(weight => weight > 0)) problems.Add("every class weight is 0, so nothing would be learnt.");
        return problems;
    }

    /// <summary>The loss of a batch as a whole.</summary>
    /// <param name="logits">Raw scores, float [N, K, H, W].</param>
    /// <param name="target">Class of each pixel, int64 [N, H, W]; -1 is ignored.</param>
    /// <returns>Scalar; 0 without a gradient where every pixel is ignored.</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit.</exception>
    public Tensor Mean(Tensor logits, Tensor target)
    {
        using var classWeights = ClassWeights(logits);
        return PixelBatch.OfBatch(logits, target, classWeights, Sum);
    }

    /// <summary>The same loss of each sample alone: how hard it is.</summary>
    /// <param name="logits">Raw scores, float [N, K, H, W].</param>
    /// <param name="target">Class of each pixel, int64 [N, H, W]; -1 is ignored.</param>
    /// <returns>[N].</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit.</exception>
    public Tensor EachSample(Tensor logits, Tensor target)
    {
        using var classWeights = ClassWeights(logits);
        return PixelBatch.OfEach(logits, target, classWeights, Sum);
    }

    /// <summary>As "bce + 0.3 log_jaccard".</summary>
    public override string ToString() => string.Join(" + ", _terms.Select(term =>
        term.Weight == 1 ? term.Loss.Name : string.Create(CultureInfo.InvariantCulture, $"{term.Weight} {term.Loss.Name}")));

    private static IEnumerable<string> ProblemsOf(string name, double weight, int channels)
    {
        var entry = LossCatalog.Entries.FirstOrDefault(entry => entry.Name == name);
        if (entry is null) yield return LossCatalog.Unknown(name);
        if (!IsWeight(weight)) yield return string.Create(CultureInfo.InvariantCulture, $"{name}: {weight} is no weight; write 0 or more.");
        if (channels < entry?.FewestChannels) yield return $"{name} needs two classes or more, but there is one class against the background; use bce.";
    }

    private static bool IsWeight(double weight) => double.IsFinite(weight) && weight >= 0;

    private Tensor? ClassWeights(Tensor logits) => _classWeights is null ? null : tensor(_classWeights, device: logits.device);

    // [G]
    private Tensor Sum(PixelBatch pixels) =>
        _terms.Select(term => term.Loss.Of(pixels, _options).Times(term.Weight)).Aggregate((sum, term) => sum.Plus(term));
}
