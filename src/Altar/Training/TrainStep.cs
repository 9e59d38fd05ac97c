using Altar.Networks;
using Altar.Tensors;
using Altar.Training.Optimizers;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Training;

/// <summary>The only home of the training step.</summary>
/// <param name="network">In training mode.</param>
/// <param name="objective">What is minimised.</param>
/// <param name="optimizer">Holds the weights that learn.</param>
/// <param name="headOnly">Whether the trunk runs without gradients.</param>
/// <param name="options">What else it does. Default: nothing.</param>
/// <param name="scale">Multiplies the loss for float16. Default: nothing does.</param>
public sealed class TrainStep(VisionNetwork network, IObjective objective, StageOptimizer optimizer, bool headOnly, StepOptions? options = null, LossScale? scale = null)
{
    private readonly StepOptions _options = options ?? new StepOptions();

    /// <summary>Forward, backward, and one move of the weights. Every tensor made here is freed on return.</summary>
    /// <remarks>The order: mix, skip easy samples, forward and backward in parts, unscale, measure, clip, move.</remarks>
    /// <param name="input">Pictures, float [N, C, H, W], or embeddings computed before, float [N, D].</param>
    /// <param name="targets">What the objective compares with, int64 [N, ...].</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="seed">Chance of this step: mixing, choice, dropout. Divided, not shared, so a resumed run draws the same.</param>
    /// <param name="measuresNorms">Whether the result has <see cref="StepResult.Norms"/>: a pass over gradients and weights. Default false.</param>
    public StepResult Run(Tensor input, Tensor targets, double rate, Seed seed, bool measuresNorms = false)
    {
        using var scope = NewDisposeScope();
        var batch = Mixing.Mix(new StepBatch(input, targets), _options, seed.For("mixing").ToRandom());
        var samples = new List<SampleOutcome>();
        if (_options.Selective > 0) batch = HardOnes(batch, seed, samples);

        seed.ApplyToTorch();
        optimizer.ZeroGradients();
        var loss = Gradients(batch, _options.Selective > 0 ? null : samples);   // []
        var isUsable = scale is null || scale.Unscale(optimizer.Parameters);
        StepNorms? norms = measuresNorms ? GradientClip.Norms(optimizer.Parameters) : null;
        if (_options.Clip is { } clip) GradientClip.Apply(optimizer.Parameters, clip);
        if (isUsable) optimizer.Step(rate);
        return new StepResult(loss.item<float>())            // waits for the GPU: once a step, not more
        {
            Norms = norms,
            Samples = samples,
            Learnt = batch.Count,
        };
    }

    private Tensor Gradients(StepBatch batch, List<SampleOutcome>? samples)
    {
        Tensor? sum = null;
        foreach (var part in batch.Parts(_options.MicroBatch))
        {
            using var scope = NewDisposeScope();
            var output = Output(part.Input);                                    // [N, K, ...]
            if (samples is not null && _options.KeepsSamples) samples.AddRange(SampleOutcomes.Of(objective, output, part));
            var loss = Loss(part, output);                                      // []
            if (part.Count == batch.Count)
            {
                Scaled(loss).backward();
                return loss.MoveToOuterDisposeScope();
            }

            var share = loss.mul(tensor((float)part.Count / batch.Count, loss.device));
            Scaled(share).backward();                                                   // gradients add up; the part's activations are freed
            sum = (sum is null ? share.detach() : sum.Plus(share.detach())).MoveToOuterDisposeScope();
        }

        return sum!;
    }

    // The loss is computed of 32-bit numbers, and backward runs outside, as PyTorch asks for.
    private Tensor Output(Tensor input)
    {
        using var autocast = Autocast.Begin(_options.Precision, input.device_type);
        var output = network.Output(input, headOnly);
        return autocast is null ? output : output.to(ScalarType.Float32);
    }

    private Tensor Scaled(Tensor loss) => scale is null ? loss : loss.Times(scale.Value);

    private Tensor Loss(StepBatch part, Tensor output) =>
        _options.OnlineHard > 0 ? HardSamples.Mean(part.Each(objective, output), _options.OnlineHard) : part.Mean(objective, output);

    // Judged as in validation, without dropout and with running statistics: looking at a sample must not move the batch norms.
    private StepBatch HardOnes(StepBatch batch, Seed seed, List<SampleOutcome> samples)
    {
        using var noGradients = no_grad();
        var resting = network.modules().Where(module => !module.training).ToList();
        network.eval();
        var outcomes = new List<SampleOutcome>();
        foreach (var part in batch.Parts(_options.MicroBatch))
        {
            using var scope = NewDisposeScope();
            outcomes.AddRange(SampleOutcomes.Of(objective, Output(part.Input), part));
        }

        network.train();
        foreach (var module in resting) module.eval();
        if (_options.KeepsSamples) samples.AddRange(outcomes);
        var chosen = HardSamples.Choose([.. outcomes.Select(outcome => outcome.Loss)], _options.Selective, seed.For("selective").ToRandom());
        return batch.Rows(tensor(chosen, device: batch.Input.device));
    }
}
