namespace Altar.Reports;

/// <summary>What overlaid curves run along.</summary>
public enum ComparisonAxis
{
    /// <summary>Epochs done.</summary>
    Epoch,

    /// <summary>Steps done: batches of different sizes move apart.</summary>
    Step,

    /// <summary>Minutes of training and validation: what a budget of time buys.</summary>
    Minutes,
}
