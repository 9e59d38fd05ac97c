using Altar.Images;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Inference.Tiles;

/// <summary>Puts tiles through a network: normalised, in every view, averaged.</summary>
internal sealed class TileNetwork : IDisposable
{
    private readonly RasterModel _model;
    private readonly IReadOnlyList<DihedralView> _views;
    private readonly Tensor _scale, _shift;   // float [C]: input = value * scale + shift
    private byte[] _bytes = [];               // of a batch, used again: what is large and left behind is collected late
    private float[] _values = [], _judged = [];

    public TileNetwork(RasterModel model, ViewSet views)
    {
        (_model, _views) = (model, DihedralView.Of(views));
        using var detached = NewDisposeScope();
        _scale = tensor(model.Std.Select(std => 1 / std).ToArray(), device: model.Device).DetachFromDisposeScope();
        _shift = tensor(model.Mean.Zip(model.Std, (mean, std) => -mean / std).ToArray(), device: model.Device).DetachFromDisposeScope();
    }

    /// <summary>Probabilities: tile after tile, class after class, row after row; until the next batch.</summary>
    public ReadOnlySpan<float> Judge(IReadOnlyList<TilePixels> tiles, PixelSize size)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var images = Normalised(tiles, size);                         // [N, C, H, W]
        var shown = _model.Scale.Apply(size);
        if (shown != size) images = Resized(images, shown);           // [N, C, h, w]
        var sum = Checked(Seen(_views[0], images), tiles.Count, shown);   // [N, K, h, w]
        foreach (var view in _views.Skip(1)) sum.AddInPlace(Seen(view, images));
        if (_views.Count > 1) sum.DivideInPlace(_views.Count);
        if (shown != size) sum = Resized(sum, size);                  // [N, K, H, W]
        var each = sum.to(ScalarType.Float32).cpu().contiguous();     // waits for the GPU: once a batch
        var length = checked((int)each.numel());
        if (_judged.Length < length) _judged = new float[length];
        each.data<float>().CopyTo(_judged, 0, 0);
        return _judged.AsSpan(0, length);
    }

    public void Dispose()
    {
        _scale.Dispose();
        _shift.Dispose();
    }

    // Fewer pixels are means of what they cover, as training reads pictures; more lie on lines between them.
    private static Tensor Resized(Tensor maps, PixelSize to) => to.Width <= maps.shape[3] && to.Height <= maps.shape[2]
        ? nn.functional.interpolate(maps, size: [to.Height, to.Width], mode: InterpolationMode.Area)
        : nn.functional.interpolate(maps, size: [to.Height, to.Width], mode: InterpolationMode.Bilinear, align_corners: false);

    // The network may keep or return what it was given: the sum needs memory of its own.
    private Tensor Seen(DihedralView view, Tensor images)
    {
        using var scope = NewDisposeScope();
        return view.Undo(_model.Probabilities(view.Apply(images))).clone().MoveToOuterDisposeScope();
    }

    private Tensor Checked(Tensor probabilities, int tiles, PixelSize size)
    {
        long[] expected = [tiles, _model.Classes.Count, size.Height, size.Width];
        return probabilities.shape.SequenceEqual(expected)
            ? probabilities
            : throw new InvalidOperationException($"The network gave [{string.Join(", ", probabilities.shape)}] where [{string.Join(", ", expected)}] was expected.");
    }

    private Tensor Normalised(IReadOnlyList<TilePixels> tiles, PixelSize size)
    {
        long[] shape = [tiles.Count, size.Height, size.Width, _model.Channels];
        var values = tiles[0].Bytes is not null
            ? AsTensor(Joined(tiles, tile => tile.Bytes!, ref _bytes, shape), shape).to(ScalarType.Float32).DivideInPlace(255)
            : AsTensor(Joined(tiles, tile => tile.Values!, ref _values, shape), shape);
        return values.mul(_scale).AddInPlace(_shift).permute(0, 3, 1, 2);   // [N, C, H, W] over N, H, W, C: channels-last without a copy
    }

    private Tensor AsTensor(Array joined, long[] shape)
    {
        using var scope = NewDisposeScope();
        var all = joined is byte[] bytes ? tensor(bytes) : tensor((float[])joined);
        var length = shape.Aggregate(1L, (product, side) => product * side);
        return all.narrow(0, 0, length).reshape(shape).to(_model.Device).MoveToOuterDisposeScope();   // [N, H, W, C]
    }

    private static T[] Joined<T>(IReadOnlyList<TilePixels> tiles, Func<TilePixels, T[]> part, ref T[] kept, long[] shape)
    {
        var length = checked((int)(shape[1] * shape[2] * shape[3]));
        if (kept.Length < length * tiles.Count) kept = new T[length * tiles.Count];
        for (var i = 0; i < tiles.Count; i++) part(tiles[i]).AsSpan(0, length).CopyTo(kept.AsSpan(i * length));
        return kept;
    }
}
