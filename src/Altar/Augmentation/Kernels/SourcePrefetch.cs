using System.Runtime.Intrinsics.X86;

namespace Altar.Augmentation.Kernels;

/// <summary>Asks for a picture's memory some rows before a warp reads it.</summary>
/// <remarks>
/// A turned picture is read along slanted lines, which the processor's own prefetching does not foresee: waiting for memory took half of the
/// time of a picture that was not in the cache already.
/// </remarks>
internal unsafe struct SourcePrefetch
{
    private const int RowsAhead = 12, CacheLine = 64;
    private readonly SourceView _source;
    private readonly Warp _warp;
    private readonly SourcePlace _place;
    private readonly int _firstByte, _endByte;
    private int _first, _end;

    public SourcePrefetch(Warp warp, in SourceView source, in SourcePlace place)
    {
        (_warp, _source, _place) = (warp, source, place);
        var (width, height) = (warp.Target.Width, warp.Target.Height);
        var columns = (Span<double>)[Column(0, 0), Column(width, 0), Column(0, height), Column(width, height)];
        columns.Sort();
        _firstByte = 3 * Math.Clamp((int)columns[0], 0, source.Width);
        _endByte = 3 * Math.Clamp((int)columns[3] + 2, 0, source.Width);
        (_first, _end) = (source.Height, 0);
    }

    /// <summary>Asks for what target row <paramref name="row"/> + 12 needs beyond what was asked for before.</summary>
    public void Before(int row)
    {
        if (!Sse.IsSupported) return;
        var ahead = Math.Min(row + RowsAhead, _warp.Target.Height);
        var (start, end) = (Row(0, ahead), Row(_warp.Target.Width, ahead));
        var from = Math.Clamp((int)Math.Min(start, end) - 1, 0, _source.Height);
        var to = Math.Clamp((int)Math.Max(start, end) + 2, from, _source.Height);
        if (_first >= _end)
        {
            if (row == 0) (from, to) = (Math.Min(from, FirstRow()), Math.Max(to, FirstRow()));
            Ask(from, to);
            (_first, _end) = (from, to);
            return;
        }

        if (from < _first) Ask(from, _first);
        if (to > _end) Ask(_end, to);
        (_first, _end) = (Math.Min(from, _first), Math.Max(to, _end));
    }

    private readonly int FirstRow() => Math.Clamp((int)Math.Min(Row(0, 0), Row(_warp.Target.Width, 0)), 0, _source.Height);

    private readonly double Column(double x, double y) => (_warp.ToSource(x, y).X - _place.X) * _place.ScaleX;

    private readonly double Row(double x, double y) => (_warp.ToSource(x, y).Y - _place.Y) * _place.ScaleY;

    private readonly void Ask(int from, int to)
    {
        unchecked   // offsets lie in the picture, whose bytes are counted by an int
        {
            for (var row = from; row < to; row++)
            {
                var line = _source.Pixels + (row * _source.Width * 3);
                for (var at = _firstByte; at < _endByte; at += CacheLine) Sse.Prefetch1(line + at);
            }
        }
    }
}
