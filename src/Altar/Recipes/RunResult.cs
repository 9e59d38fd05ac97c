using Altar.Training;

namespace Altar.Recipes;

/// <summary>What a run left.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="Epochs">Epochs done in all, also before a resume.</param>
/// <param name="Seconds">Time of this call.</param>
/// <param name="Best">The best epoch; null where none was finished.</param>
/// <param name="Last">The last epoch; null where none was finished.</param>
/// <param name="Stages">The stages that are done.</param>
/// <param name="SetAside">Damaged pictures and why they could not be read.</param>
/// <param name="Interrupted">Whether the run was asked to stop before its end; it can then be resumed.</param>
public sealed record RunResult(
    string Folder, int Epochs, double Seconds, EpochRecord? Best, EpochRecord? Last,
    IReadOnlyList<StageSummary> Stages, IReadOnlyDictionary<string, string> SetAside, bool Interrupted);
