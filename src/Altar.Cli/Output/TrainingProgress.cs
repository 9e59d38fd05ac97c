using Altar.Training;

namespace Altar.Cli.Output;

/// <summary>Shows a run as it happens: a row an epoch, and below the rows a line that moves, on a terminal, or one every half minute, in a pipe.</summary>
internal sealed class TrainingProgress(Screen screen, TimeProvider time) : IProgress<TrainingEvent>
{
    private const int BarWidth = 24;

    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100), PipeInterval = TimeSpan.FromSeconds(30);

    private long _lastStep = time.GetTimestamp();
    private bool _hasHeader, _hasStatus;

    public void Report(TrainingEvent value)
    {
        switch (value)
        {
            case TrainingEvent.StepDone step: Show(step); break;
            case TrainingEvent.EpochDone epoch: Show(epoch); break;
            case TrainingEvent.StageStarted { Stage: var stage } started: Line($"stage {started.Index + 1}: {Describe(stage, started.StepsPerEpoch)}"); break;
            case TrainingEvent.Note note: Line(note.Text); break;
            case TrainingEvent.Warning warning: Erase(); screen.Warn(warning.Text); break;
        }
    }

    /// <summary>Takes the moving line away, so that what follows starts on a clean one.</summary>
    public void Erase()
    {
        if (_hasStatus) screen.Raw(Screen.EraseLine);
        _hasStatus = false;
    }

    private void Show(TrainingEvent.StepDone step)
    {
        var isLast = step.StepInEpoch == step.StepsPerEpoch;
        if (time.GetElapsedTime(_lastStep) < (screen.IsTerminal ? TerminalInterval : PipeInterval) && !(isLast && screen.IsTerminal)) return;
        _lastStep = time.GetTimestamp();
        if (!screen.IsTerminal)
        {
            Line($"  {step.Stage}, epoch {step.EpochInStage}: step {step.StepInEpoch} of {step.StepsPerEpoch}, {Figures(step)}");
            return;
        }

        var status = $"  {step.Stage} {step.EpochInStage} {Bar((double)step.StepInEpoch / step.StepsPerEpoch)} {step.StepInEpoch}/{step.StepsPerEpoch}  {Figures(step)}";
        var width = Math.Max(1, screen.Width - 1);
        screen.Raw(Screen.EraseLine + (status.Length > width ? status[..width] : status));
        _hasStatus = true;
    }

    private void Show(TrainingEvent.EpochDone epoch)
    {
        if (!_hasHeader) Line("epoch  stage             rate     loss  log-loss  top-1  top-5  pictures/s  waiting     time");
        _hasHeader = true;
        var r = epoch.Record;
        Line($"{r.Epoch,5}  {Fit(r.Stage, 14)} {Text.Rate(r.Rate),7} {Text.Loss(r.TrainLoss),8}  {Text.Loss(r.LogLoss),8}  {Text.Share(r.Top1)}  {Text.Share(r.Top5)}  {Text.Speed(r.PicturesPerSecond),10}  {Text.Percent(r.WaitingShare),7}  {Text.Time(r.Seconds),7}{(epoch.IsBest ? "  best" : "")}");
    }

    private void Line(string text)
    {
        Erase();
        screen.Line(text);
    }

    private static string Describe(Stage stage, int steps) =>
        $"{stage.Name}, {Count(stage.Epochs, "epoch")} of {Count(steps, "step")}, {stage.Learns} learns, {stage.Optimizer} from rate {Text.Rate(stage.Rate)}";

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Figures(TrainingEvent.StepDone step) =>
        $"loss {Text.Loss(step.Loss)}  rate {Text.Rate(step.Rate)}  {Text.Speed(step.PicturesPerSecond)} pictures/s{(step.Remaining is { } left ? $"  {Text.Time(left)} left" : "")}";

    private static string Bar(double share)
    {
        var full = (int)Math.Round(BarWidth * Math.Clamp(share, 0, 1));
        return new string('━', full) + new string('─', BarWidth - full);
    }

    private static string Fit(string text, int width) => text.Length > width ? text[..(width - 1)] + "…" : text.PadRight(width);
}
