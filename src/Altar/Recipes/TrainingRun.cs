using Altar.Tensors;
using Altar.Training;

namespace Altar.Recipes;

/// <summary>Runs a recipe from its pictures to its report.</summary>
public static class TrainingRun
{
    /// <summary>Opens the data, makes the network, trains it stage by stage, and leaves a run folder.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="options">Where.</param>
    /// <param name="progress">Told what happens; called on the training thread.</param>
    /// <param name="cancel">Ends the run after the step at hand, with a checkpoint to resume from.</param>
    /// <exception cref="BadInputException">The data, the weights or the recipe cannot be used.</exception>
    public static RunResult Execute(Recipe recipe, RunOptions options, IProgress<TrainingEvent> progress, CancellationToken cancel) =>
        throw new NotSupportedException("written next");
}
