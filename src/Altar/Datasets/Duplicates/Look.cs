using Altar.Images;
using OpenCvSharp;

namespace Altar.Datasets.Duplicates;

/// <summary>What a picture looks like from afar.</summary>
/// <param name="Hash">Its <see cref="PerceptualHash"/>: finds the candidates.</param>
/// <param name="Thumbnail">Its colours at 8x8, RGB: confirms them.</param>
/// <remarks>
/// The hash alone takes two pairs of trousers on the same hanger for one picture: among 1920 photos of the clothing set it pairs
/// 190 of different garments up to distance 10, whose thumbnails differ by 8.4 grey levels or more. Copies of 600 of these
/// photos at half the size, in coarse JPEG (quality 30) or 20 levels brighter differ by up to 6 bits and 6.3 levels.
/// </remarks>
internal sealed record Look(ulong Hash, byte[] Thumbnail)
{
    /// <summary>Hashes of near-duplicates differ in no more bits: 10 of 64.</summary>
    public const int NearBits = 10;

    /// <summary>Thumbnails of near-duplicates differ by no more grey levels, on average and apart from overall brightness: 7 of 255.</summary>
    public const double NearLevels = 7;

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
