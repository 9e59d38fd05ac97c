using static TorchSharp.torch;

namespace Altar.Inference.Tiles;

/// <summary>Which views of a picture are judged and averaged.</summary>
public enum ViewSet
{
    /// <summary>Only the picture itself.</summary>
    None,

    /// <summary>The picture, mirrored across, mirrored down, and both: 4 times the work.</summary>
    Flips,

    /// <summary>All symmetries of the square: 8 times the work.</summary>
    D4,
}

/// <summary>A symmetry of the square: perhaps exchanged rows and columns, then perhaps mirrored.</summary>
/// <param name="Transposes">Whether rows and columns change places, first.</param>
/// <param name="MirrorsDown">Whether the rows are turned about.</param>
/// <param name="MirrorsAcross">Whether the columns are turned about.</param>
public readonly record struct DihedralView(bool Transposes, bool MirrorsDown, bool MirrorsAcross)
{
    /// <summary>The views of a set; the picture itself first.</summary>
    /// <param name="set">Which.</param>
    public static IReadOnlyList<DihedralView> Of(ViewSet set)
    {
        bool[] mirrors = set == ViewSet.None ? [false] : [false, true];
        bool[] transposes = set == ViewSet.D4 ? [false, true] : [false];
        return [.. from turned in transposes from down in mirrors from across in mirrors select new DihedralView(turned, down, across)];
    }

    /// <summary>The view of a picture.</summary>
    /// <param name="images">[..., H, W].</param>
    /// <returns>[..., H, W], or [..., W, H] where it transposes.</returns>
    public Tensor Apply(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var turned = Transposes ? images.transpose(-2, -1) : images.alias();
        return Mirrored(turned);
    }

    /// <summary>What <see cref="Apply"/> did, undone.</summary>
    /// <param name="view">A view.</param>
    public Tensor Undo(Tensor view)
    {
        ArgumentNullException.ThrowIfNull(view);
        using var upright = Mirrored(view);
        return Transposes ? upright.transpose(-2, -1) : upright.alias();
    }

    private Tensor Mirrored(Tensor images) => (MirrorsDown, MirrorsAcross) switch
    {
        (true, true) => images.flip(-2, -1),
        (true, false) => images.flip(-2),
        (false, true) => images.flip(-1),
        _ => images.alias(),
    };
}
