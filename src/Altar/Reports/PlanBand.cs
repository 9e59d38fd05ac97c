namespace Altar.Reports;

/// <summary>A stage as a plan draws it.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Learns">What learns.</param>
/// <param name="Augment">Name of the augmentation.</param>
/// <param name="FirstEpoch">Epochs of the run before it.</param>
/// <param name="Epochs">Its epochs.</param>
/// <param name="Rates">Epochs of the run done, and the learning rate there, ascending.</param>
/// <param name="Snapshots">Epochs of the run done where weights are kept.</param>
public sealed record PlanBand(
    string Name, string Learns, string Augment, int FirstEpoch, int Epochs,
    IReadOnlyList<(double Epoch, double Rate)> Rates, IReadOnlyList<double> Snapshots);
