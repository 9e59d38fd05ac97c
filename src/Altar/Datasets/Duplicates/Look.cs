using Altar.Images;
using OpenCvSharp;

namespace Altar.Datasets.Duplicates;

/// <summary>What a picture looks like from afar.</summary>
/// <param name="Hash">Its <see cref="PerceptualHash"/>: finds the candidates.</param>
/// <param name="Thumbnail">Its colours at 8x8, RGB: confirms them.</param>
/// <remarks>
/// The hash alone takes two pairs of trousers on the same hanger for one picture: of the 1920 photos in the clothing set it pairs
/// 8 up to distance 6, all of different garments or shots, and their thumbnails differ by 13 to 63. Copies coded anew, made
/// smaller or a little brighter stay below 4.
/// </remarks>
internal sealed record Look(ulong Hash, byte[] Thumbnail)
{
    /// <summary>Hashes of near-duplicates differ in no more bits: 6 of 64.</summary>
    public const int NearBits = 6;

    /// <summary>Thumbnails of near-duplicates differ by no more grey levels, on average and apart from overall brightness: 8 of 255.</summary>
    public const double NearLevels = 8;

    private const int ThumbnailSide = 8;

    /// <summary>A picture needs no more pixels than this.</summary>
    public static PixelSize Resolution { get; } = PixelSize.Square(32);

    public static Look Of(Raster raster)
    {
        using var rgb = Mat.FromPixelData(raster.Size.Height, raster.Size.Width, MatType.CV_8UC3, raster.Pixels);
        using var thumbnail = new Mat();
        Cv2.Resize(rgb, thumbnail, new Size(ThumbnailSide, ThumbnailSide), 0, 0, InterpolationFlags.Area);
        return new Look(PerceptualHash.Of(rgb), thumbnail.AsSpan<byte>().ToArray());
    }

    /// <summary>Whether both show the same picture.</summary>
    public bool IsNear(Look other) => PerceptualHash.Distance(Hash, other.Hash) <= NearBits && Levels(other) <= NearLevels;

    /// <summary>Mean difference of the thumbnails in grey levels, after their overall brightness is made equal.</summary>
    public double Levels(Look other)
    {
        var (sum, length) = (0, Thumbnail.Length);
        for (var i = 0; i < length; i++) sum += Thumbnail[i] - other.Thumbnail[i];
        var (shift, difference) = ((double)sum / length, 0.0);
        for (var i = 0; i < length; i++) difference += Math.Abs(Thumbnail[i] - other.Thumbnail[i] - shift);
        return difference / length;
    }
}
