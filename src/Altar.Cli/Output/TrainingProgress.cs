using Altar.Training;

namespace Altar.Cli.Output;

/// <summary>Shows a run as it happens: a row an epoch, and below the rows a line that moves, on a terminal, or one every half minute, in a pipe.</summary>
internal sealed class TrainingProgress(Screen screen, TimeProvider time) : IProgress<TrainingEvent>
{
    private const int LongestBar = 24, WholeRow = 98, MostFigures = 3;

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

        var (before, after) = ($"  {step.Stage} {step.EpochInStage} ", $" {step.StepInEpoch}/{step.StepsPerEpoch}  {Figures(step)}");
        var width = Math.Max(1, screen.Width - 1);
        var status = before + Bar((double)step.StepInEpoch / step.StepsPerEpoch, width - before.Length - after.Length) + after;
        screen.Raw(Screen.EraseLine + (status.Length > width ? status[..width] : status));
        _hasStatus = true;
    }

    private void Show(TrainingEvent.EpochDone epoch)
    {
        var r = epoch.Record;
        var shown = r.Val.Metrics.Take(MostFigures).ToList();
        if (!_hasHeader) Line(Row("epoch", "stage", "rate", "train loss", [.. shown.Select(metric => metric.Title)], "pictures/s", "waiting", "time"));
        _hasHeader = true;
        var row = Row($"{r.Epoch}", r.Stage, Text.Rate(r.Rate), Text.Loss(r.TrainLoss), [.. shown.Select(metric => Text.Figure(r.Val, metric))], Text.Speed(r.PicturesPerSecond), Text.Percent(r.WaitingShare), Text.Time(r.Seconds));
        Line(row + (epoch.IsBest ? "  best" : ""));
    }

    // A row that a narrow terminal would break leaves out what metrics.csv has as well.
    private string Row(string epoch, string stage, string rate, string loss, IReadOnlyList<string> figures, string speed, string waiting, string time)
    {
        var isWide = screen.Width >= WholeRow;
        var shown = string.Concat(figures.Take(isWide ? MostFigures : 2).Select(figure => $"  {figure,8}"));
        return $"{epoch,5}  {Fit(stage, 14)} {rate,7} {loss,10}{shown}" + (isWide ? $"  {speed,10}  {waiting,7}" : "") + $"  {time,7}";
    }

    private void Line(string text)
    {
        Erase();
        screen.Line(text);
    }

    private static string Describe(Stage stage, int steps) =>
        $"{stage.Name}, {Count(stage.Epochs, "epoch")} of {Count(steps, "step")}, {stage.Learns} learns, {$"{stage.Optimizer}".ToLowerInvariant()} from rate {Text.Rate(stage.Rate)}";

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Figures(TrainingEvent.StepDone step) =>
        $"loss {Text.Loss(step.Loss)}  rate {Text.Rate(step.Rate)}  {Text.Speed(step.PicturesPerSecond)} pictures/s{(step.Remaining is { } left ? $"  {Text.Time(left)} left" : "")}";

    private static string Bar(double share, int room)
    {
        var length = Math.Clamp(room, 0, LongestBar);
        var full = (int)Math.Round(length * Math.Clamp(share, 0, 1));
        return new string('━', full) + new string('─', length - full);
    }

    private static string Fit(string text, int width) => text.Length > width ? text[..(width - 1)] + "…" : text.PadRight(width);
}
