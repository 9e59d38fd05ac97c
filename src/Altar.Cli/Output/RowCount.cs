using Altar.Inference.Tiles;

namespace Altar.Cli.Output;

/// <summary>A line that counts the rows of a raster while it is predicted; only on a terminal.</summary>
internal sealed class RowCount(Screen screen, TimeProvider time) : IProgress<RasterProgress>, IDisposable
{
    private long _start = time.GetTimestamp();
    private string _input = "";
    private bool _isShown;

    public void Report(RasterProgress value)
    {
        if (!screen.IsTerminal) return;
        if (value.Input != _input) (_input, _start) = (value.Input, _input.Length == 0 ? _start : time.GetTimestamp());
        var perSecond = value.Rows / time.GetElapsedTime(_start).TotalSeconds;
        screen.Raw($"{Screen.EraseLine}{Path.GetFileName(value.Input)}: {value.Rows} of {value.Height} rows, {Text.Speed(perSecond)} a second, {Text.Time((value.Height - value.Rows) / perSecond)} left");
        _isShown = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_isShown) screen.Raw(Screen.EraseLine);
        _isShown = false;
    }
}
