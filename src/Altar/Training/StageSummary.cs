namespace Altar.Training;

/// <summary>A row of the table of stages.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Epochs">Epochs done, fewer than planned where patience ended it.</param>
/// <param name="Seconds">Training and validation together.</param>
/// <param name="PicturesPerSecond">Training only.</param>
/// <param name="WaitingShare">Share of the training time spent waiting for the loader, 0 to 1.</param>
/// <param name="LogLoss">Validation log-loss at its end.</param>
/// <param name="Top1">Validation share of correct first guesses at its end, 0 to 1.</param>
public sealed record StageSummary(
    string Name, int Epochs, double Seconds, double PicturesPerSecond, double WaitingShare, double LogLoss, double Top1);
