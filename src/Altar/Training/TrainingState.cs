namespace Altar.Training;

/// <summary>How far a run is: all that a resumed run needs besides tensors. Saved with every checkpoint.</summary>
public sealed record TrainingState
{
    /// <summary>Index of the stage at hand; the number of stages once the run is finished.</summary>
    public int Stage { get; init; }

    /// <summary>Epochs of the stage that are done.</summary>
    public int EpochsInStage { get; init; }

    /// <summary>Batches of the epoch at hand that are done.</summary>
    public int BatchesInEpoch { get; init; }

    /// <summary>Steps of the stage that are done.</summary>
    public int StepsInStage { get; init; }

    /// <summary>Steps of the run that are done.</summary>
    public int Steps { get; init; }

    /// <summary>Pictures seen in the epoch at hand.</summary>
    public long PicturesInEpoch { get; init; }

    /// <summary>Sum over those pictures of the training loss.</summary>
    public double LossSum { get; init; }

    /// <summary>Seconds of the epoch at hand spent in training.</summary>
    public double TrainingSeconds { get; init; }

    /// <summary>Seconds of those spent waiting for the loader.</summary>
    public double WaitingSeconds { get; init; }

    /// <summary>Epochs in a row that did not better the metric.</summary>
    public int StaleEpochs { get; init; }

    /// <summary>The finished epochs.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [];

    /// <summary>The finished stages.</summary>
    public IReadOnlyList<StageSummary> Stages { get; init; } = [];

    /// <summary>The best epoch so far, or null.</summary>
    public EpochRecord? Best { get; init; }

    /// <summary>What the stage's rate is multiplied by since its loss was no number, in (0, 1]. Default 1.</summary>
    public double RateFactor { get; init; } = 1;

    /// <summary>How often the stage has gone back since its loss was no number.</summary>
    public int Retries { get; init; }

    /// <summary>Parts that a batch is split into since the memory did not suffice. Default 1.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>libtorch's threads: the numbers repeat exactly only with the same.</summary>
    public int TorchThreads { get; init; }

    /// <summary>The last epoch so far, or null.</summary>
    public EpochRecord? Last => Epochs.Count == 0 ? null : Epochs[^1];

    /// <summary>The state after a step.</summary>
    /// <param name="pictures">In the batch.</param>
    /// <param name="loss">Mean loss of the batch.</param>
    /// <param name="seconds">Time of the step with its waiting.</param>
    /// <param name="waited">Time waited for the batch.</param>
    public TrainingState AfterStep(int pictures, double loss, double seconds, double waited) => this with
    {
        BatchesInEpoch = BatchesInEpoch + 1,
        StepsInStage = StepsInStage + 1,
        Steps = Steps + 1,
        PicturesInEpoch = PicturesInEpoch + pictures,
        LossSum = LossSum + (loss * pictures),
        TrainingSeconds = TrainingSeconds + seconds,
        WaitingSeconds = WaitingSeconds + waited,
    };

    /// <summary>The state after an epoch's validation.</summary>
    /// <param name="epoch">Its row.</param>
    /// <param name="isBest">Whether it is the best so far.</param>
    public TrainingState AfterEpoch(EpochRecord epoch, bool isBest) => this with
    {
        EpochsInStage = EpochsInStage + 1,
        BatchesInEpoch = 0,
        PicturesInEpoch = 0,
        LossSum = 0,
        TrainingSeconds = 0,
        WaitingSeconds = 0,
        StaleEpochs = isBest ? 0 : StaleEpochs + 1,
        Epochs = [.. Epochs, epoch],
        Best = isBest ? epoch : Best,
    };

    /// <summary>The state after a stage.</summary>
    /// <param name="summary">Its row.</param>
    public TrainingState AfterStage(StageSummary summary) => this with
    {
        Stage = Stage + 1,
        EpochsInStage = 0,
        StepsInStage = 0,
        StaleEpochs = 0,
        RateFactor = 1,
        Retries = 0,
        Parts = 1,
        Stages = [.. Stages, summary],
    };
}
