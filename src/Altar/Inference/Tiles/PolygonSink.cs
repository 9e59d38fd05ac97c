using Altar.Images.GeoTiff;
using Altar.Inference.Polygons;

namespace Altar.Inference.Tiles;

/// <summary>Turns rows of labels into outlines in a file, a tracer for each class but one that is named background.</summary>
internal sealed class PolygonSink : IDisposable
{
    private readonly GeoJsonWriter _writer;
    private readonly OutlineTracer?[] _tracers;
    private readonly bool[] _row;

    public PolygonSink(Stream stream, GeoReference? reference, IReadOnlyList<string> classes, int width, PolygonOptions options)
    {
        _writer = new GeoJsonWriter(stream, reference);
        _row = new bool[width];
        _tracers = [.. classes.Select(name => IsBackground(name, classes) ? null : new OutlineTracer(width, polygon =>
        {
            if (RingSimplifier.Simplify(polygon, options) is { } simple) _writer.Write(simple, polygon.Pixels, name);
        }))];
    }

    public int Count => _writer.Count;

    /// <summary>Takes rows of class numbers; a number without a class is background.</summary>
    public void Add(ReadOnlySpan<byte> labels)
    {
        for (var start = 0; start < labels.Length; start += _row.Length)
        {
            var row = labels.Slice(start, _row.Length);
            for (var of = 0; of < _tracers.Length; of++)
            {
                if (_tracers[of] is not { } tracer) continue;
                for (var x = 0; x < _row.Length; x++) _row[x] = row[x] == of;
                tracer.Add(_row);
            }
        }
    }

    public void Finish()
    {
        foreach (var tracer in _tracers) tracer?.Finish();
        _writer.Finish();
    }

    public void Dispose() => _writer.Dispose();

    private static bool IsBackground(string name, IReadOnlyList<string> classes) => classes.Count > 1 && name.Equals("background", StringComparison.OrdinalIgnoreCase);
}
