namespace Altar.Augmentation.Kernels;

/// <summary>A warp made ready for a source of a certain scale: numbers as the kernels need them.</summary>
internal readonly unsafe struct WarpPlan
{
    private readonly Affine _affine;
    private readonly float _scaleX, _scaleY, _startX, _startY, _centerX, _centerY, _barrel;
    private readonly float* _grid;
    private readonly int _cellsX, _cellsY;
    private readonly bool _isBarrel;

    /// <param name="warp">The map, in pixels of the drawn size.</param>
    /// <param name="source">The pixels at hand.</param>
    /// <param name="place">Where they lie in the drawn picture.</param>
    /// <param name="gridTables">Room for four tables of <see cref="Scratch.GridTable"/>.</param>
    public WarpPlan(Warp warp, in SourceView source, in SourcePlace place, float* gridTables)
    {
        (Width, Height) = (source.Width, source.Height);
        _affine = warp.ToBent;
        var (scaleX, scaleY) = (place.ScaleX, place.ScaleY);
        var (startX, startY) = ((place.X * scaleX) + 0.5, (place.Y * scaleY) + 0.5);   // whole numbers are pixel centres
        (_scaleX, _scaleY, _startX, _startY) = ((float)scaleX, (float)scaleY, (float)startX, (float)startY);
        if (warp.Barrel is { } barrel)
        {
            _isBarrel = true;
            _centerX = (float)(barrel.CenterX * warp.Source.Width);
            _centerY = (float)(barrel.CenterY * warp.Source.Height);
            _barrel = (float)barrel.Coefficient(warp.Source.Width, warp.Source.Height);
        }
        else if (warp.Grid is { } grid)
        {
            _grid = gridTables;
            (_cellsX, _cellsY) = (grid.Columns.Count - 1, grid.Rows.Count - 1);
            FillTable(grid.Columns, warp.Source.Width * scaleX, startX, gridTables);
            FillTable(grid.Rows, warp.Source.Height * scaleY, startY, gridTables + (2 * Scratch.GridTable));
            _affine = _affine.Then(Affine.Scaling((double)_cellsX / warp.Source.Width, (double)_cellsY / warp.Source.Height));
        }
        else
        {
            _affine = _affine.Then(Affine.Scaling(scaleX, scaleY)).Then(Affine.Translation(-startX, -startY));
        }
    }

    private int Width { get; }

    private int Height { get; }

    /// <summary>Where the pixels of target row <paramref name="row"/> are read: 0..side-1, whole at pixel centres, reflected at the edges.</summary>
    public void Row<T>(int row, int count, float* x, float* y) where T : struct, ILanes<T>
    {
        var (startX, startY) = _affine.Map(0.5, row + 0.5);
        Line<T>((float)_affine.XX, (float)startX, count, x);
        Line<T>((float)_affine.YX, (float)startY, count, y);
        if (_isBarrel) Barrel<T>(count, x, y);
        if (_grid is not null)
        {
            Grid<T>(_grid, _cellsX, count, x);
            Grid<T>(_grid + (2 * Scratch.GridTable), _cellsY, count, y);
        }

        var isStraight = !_isBarrel && _grid is null;
        Fold<T>(x, count, Width - 1, isStraight && IsWithin(startX, startX + (_affine.XX * (count - 1)), Width - 1));
        Fold<T>(y, count, Height - 1, isStraight && IsWithin(startY, startY + (_affine.YX * (count - 1)), Height - 1));
    }

    private static bool IsWithin(double start, double end, int last) => Math.Min(start, end) >= 0 && Math.Max(start, end) <= last;

    private static void FillTable(IReadOnlyList<double> lines, double length, double start, float* table)
    {
        if (lines.Count is < 2 or > Scratch.GridTable) throw new ArgumentException($"A grid has 2 to {Scratch.GridTable} lines, not {lines.Count}.");
        for (var i = 0; i < lines.Count; i++) table[i] = (float)((lines[i] * length) - start);
        for (var i = 0; i + 1 < lines.Count; i++) table[Scratch.GridTable + i] = (float)((lines[i + 1] - lines[i]) * length);
    }

    private static void Line<T>(float step, float start, int count, float* to) where T : struct, ILanes<T>
    {
        var (steps, starts) = (T.Of(step), T.Of(start));
        for (var i = 0; i < count; i += T.Count) T.Store(to + i, T.MultiplyAdd(T.Ramp + T.Of(i), steps, starts));
    }

    private void Barrel<T>(int count, float* x, float* y) where T : struct, ILanes<T>
    {
        var (centerX, centerY, strength, startX, startY) = (T.Of(_centerX), T.Of(_centerY), T.Of(_barrel), T.Of(_startX), T.Of(_startY));
        var (scaleX, scaleY) = (T.Of(_scaleX), T.Of(_scaleY));
        for (var i = 0; i < count; i += T.Count)
        {
            var (dx, dy) = (T.Load(x + i) - centerX, T.Load(y + i) - centerY);
            var factor = T.MultiplyAdd(strength, (dx * dx) + (dy * dy), T.Of(1));
            T.Store(x + i, ((centerX + (dx * factor)) * scaleX) - startX);
            T.Store(y + i, ((centerY + (dy * factor)) * scaleY) - startY);
        }
    }

    private static void Grid<T>(float* tables, int cells, int count, float* values) where T : struct, ILanes<T>
    {
        var (zero, last) = (T.Of(0), T.Of(cells - 1));
        for (var i = 0; i < count; i += T.Count)
        {
            var position = T.Load(values + i);
            var cell = T.Min(T.Max(T.Floor(position), zero), last);
            T.Store(values + i, T.MultiplyAdd(position - cell, T.LookUp(tables + Scratch.GridTable, cell), T.LookUp(tables, cell)));
        }
    }

    // Reflecting the coordinate is the same as reflecting both pixels that are read, since the picture's continuation is symmetric about its edge pixel.
    private static void Fold<T>(float* values, int count, int last, bool isWithin) where T : struct, ILanes<T>
    {
        var (zero, end, period) = (T.Of(0), T.Of(last), T.Of(Math.Max(1, 2 * last)));
        var inverse = T.Of(1) / period;
        for (var i = 0; i < count; i += T.Count)
        {
            var value = T.Load(values + i);
            if (!isWithin)
            {
                value -= period * T.Floor(value * inverse);
                value = T.Min(value, period - value);
            }

            T.Store(values + i, T.Min(T.Max(value, zero), end));   // also the lanes behind the row's end, and rounding
        }
    }
}
