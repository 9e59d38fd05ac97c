using static TorchSharp.torch;

namespace Altar.Training.Tricks;

/// <summary>What the network said of each training sample while it learnt: for sampling by loss, and for labels that look wrong.</summary>
/// <param name="samples">Samples in the training set.</param>
public sealed class SampleHistory(int samples) : StageTrick
{
    // Half of a mean is the newest view's: what was said late in training counts most, and one unlucky view does not decide.
    private const float Newest = 0.5f;

    private readonly TensorMemory _memory = new();
    private readonly float[] _losses = Unknown(samples), _meanLosses = Unknown(samples), _disagreements = Unknown(samples), _atEpochStart = Unknown(samples);
    private readonly long[] _guesses = [.. Enumerable.Repeat(-1L, samples)];

    /// <inheritdoc/>
    public override string Name => "samples";

    /// <summary>The last loss of each sample when the epoch at hand began; NaN for those never seen.</summary>
    public IReadOnlyList<float> LossesAtEpochStart => _atEpochStart;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Memory
    {
        get
        {
            foreach (var (name, numbers) in Arrays()) _memory.Set(name, tensor(numbers));   // float [samples]
            _memory.Set("guesses", tensor(_guesses));                                       // int64 [samples]
            return _memory.Tensors;
        }
    }

    /// <summary>What is known of each sample that was seen.</summary>
    public IEnumerable<SampleRecord> Records() =>
        from sample in Enumerable.Range(0, samples)
        where !float.IsNaN(_losses[sample])
        select new SampleRecord(sample, _meanLosses[sample], (int)_guesses[sample], _disagreements[sample]);

    /// <inheritdoc/>
    public override void Restore(IReadOnlyDictionary<string, Tensor> memory, Device device)
    {
        ArgumentNullException.ThrowIfNull(memory);
        foreach (var (name, numbers) in Arrays()) memory[name].data<float>().CopyTo(numbers);
        memory["guesses"].data<long>().CopyTo(_guesses);
    }

    /// <inheritdoc/>
    public override void OnStep(StepTaken step)
    {
        ArgumentNullException.ThrowIfNull(step);
        foreach (var (sample, outcome) in step.Batch.Samples.Zip(step.Result.Samples)) Add(sample, outcome);
    }

    /// <inheritdoc/>
    public override void OnEpochTrained(StageSession session, int epoch, CancellationToken cancel) => _losses.CopyTo(_atEpochStart, 0);

    /// <inheritdoc/>
    protected override void Forget() => _memory.Dispose();

    private void Add(int sample, SampleOutcome outcome)
    {
        _losses[sample] = outcome.Loss;
        _meanLosses[sample] = Mean(_meanLosses[sample], outcome.Loss);
        var disagreement = Math.Max(0, outcome.GuessProbability - outcome.TruthProbability);   // 0 where the guess is the label
        _disagreements[sample] = Mean(_disagreements[sample], disagreement);
        if (disagreement > 0 || _guesses[sample] < 0) _guesses[sample] = outcome.Guess;
    }

    private static float Mean(float mean, float newest) => float.IsNaN(mean) ? newest : mean + (Newest * (newest - mean));

    private IEnumerable<(string Name, float[] Numbers)> Arrays() =>
        [("losses", _losses), ("mean_losses", _meanLosses), ("disagreements", _disagreements), ("epoch_start", _atEpochStart)];

    private static float[] Unknown(int count)
    {
        var numbers = new float[count];
        Array.Fill(numbers, float.NaN);
        return numbers;
    }
}

/// <summary>What is known of a training sample.</summary>
/// <param name="Sample">Its number in the training set.</param>
/// <param name="Loss">Mean loss, late views counting most.</param>
/// <param name="Guess">The class it was last taken for, another than its label where there was one; -1 without classes.</param>
/// <param name="Disagreement">By how much the guess was likelier than the label, as a mean, 0 to 1, late views counting most.</param>
public sealed record SampleRecord(int Sample, double Loss, int Guess, double Disagreement);
