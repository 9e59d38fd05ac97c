using Altar.Metrics;

namespace Altar.Training;

/// <summary>One row of <c>metrics.csv</c>: an epoch and the validation after it.</summary>
/// <param name="Epoch">Counted over the whole run, from 1.</param>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Steps">Steps done in the run so far.</param>
/// <param name="Rate">Learning rate of the epoch's last step.</param>
/// <param name="TrainLoss">Mean loss over the epoch's pictures.</param>
/// <param name="Val">What the validation found.</param>
/// <param name="Seconds">Training and validation together.</param>
/// <param name="PicturesPerSecond">Training only.</param>
/// <param name="WaitingShare">Share of the training time spent waiting for the loader, 0 to 1.</param>
/// <param name="LiveTensors">Tensors alive at the epoch's end.</param>
/// <param name="MemoryMiB">Resident memory of the process at the epoch's end.</param>
public sealed record EpochRecord(
    int Epoch, string Stage, int Steps, double Rate, double TrainLoss, MetricValues Val,
    double Seconds, double PicturesPerSecond, double WaitingShare, long LiveTensors, double MemoryMiB);
