using Altar.Reports;
using Altar.Training;
using Altar.Training.Checkpoints;
using Altar.Training.Tricks;

namespace Altar.Recipes;

/// <summary>Writes what the tricks of a run did: norms.csv, replayed.csv, and the list of labels that look wrong.</summary>
internal sealed class TrickLog : TrainingHook, IDisposable
{
    public const string NormsName = "norms.csv", ReplayedName = "replayed.csv";

    private const int MostWarnings = 3;

    private readonly RunFolder _folder;
    private readonly IProgress<TrainingEvent> _progress;
    private readonly PictureFeed _pictures;
    private readonly IReadOnlyList<string> _classes;
    private StepTable _norms, _replayed;

    private TrickLog(RunFolder folder, IProgress<TrainingEvent> progress, PictureFeed pictures, IReadOnlyList<string> classes, TrainingState state)
    {
        (_folder, _progress, _pictures, _classes) = (folder, progress, pictures, classes);
        (_norms, _replayed) = TablesAt(state);
    }

    /// <summary>Opens the files, and drops from them what comes after the state.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="state">Where the run begins or goes on.</param>
    /// <param name="pictures">The training pictures, for their names.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="progress">Told of suspected labels.</param>
    public static TrickLog Open(RunFolder folder, TrainingState state, PictureFeed pictures, IReadOnlyList<string> classes, IProgress<TrainingEvent> progress) =>
        new(folder, progress, pictures, classes, state);

    /// <summary>Drops what comes after an earlier state, which the run goes back to.</summary>
    /// <param name="state">The earlier state.</param>
    public void GoBack(TrainingState state)
    {
        Dispose();
        (_norms, _replayed) = TablesAt(state);
    }

    public override void OnStepEnd(in StepEnd moment)
    {
        var step = moment.State.Steps;
        if (moment.Result.Norms is { } norms) _norms.Add(step, norms.Gradient, norms.Weight);
        if (moment.Session.Tricks.OfType<HardestReplay>().FirstOrDefault()?.Replayed is not { } replay) return;
        _replayed.Add(step, replay.Step + 1, replay.Loss, replay.LossAtReplay, string.Join(' ', replay.Samples.Select(_pictures.NameOf)));
    }

    public override void OnStageEnd(in StageEnd moment)
    {
        var session = moment.Session;
        if (!session.Stage.Suspects || session.Tricks.OfType<SampleHistory>().FirstOrDefault() is not { } history || session.Task.Labels is not { } labels) return;
        var suspects = Suspects.Find(history.Records(), labels)
            .Select(record => new SuspectedLabel(_pictures.NameOf(record.Sample), _classes[labels[record.Sample]], _classes[record.Guess], record.Disagreement, record.Loss)).ToList();
        SuspectSheet.Save(_folder.Path, suspects, _pictures.Count);
        if (suspects.Count == 0) return;
        var surest = string.Join(", ", suspects.Take(MostWarnings).Select(suspect => $"{suspect.Path} ({suspect.Label}, rather {suspect.Guess})"));
        _progress.Report(new TrainingEvent.Warning($"{suspects.Count} of {_pictures.Count} training pictures have labels that look wrong, e.g. {surest}; look at {_folder.In(SuspectSheet.PictureName)}."));
    }

    public void Dispose()
    {
        _norms.Dispose();
        _replayed.Dispose();
    }

    private (StepTable Norms, StepTable Replayed) TablesAt(TrainingState state) =>
    (
        StepTable.Open(_folder.In(NormsName), "step,gradient_norm,weight_norm", state.Steps),
        StepTable.Open(_folder.In(ReplayedName), "step,first_step,loss,loss_at_replay,pictures", state.Steps)
    );
}
