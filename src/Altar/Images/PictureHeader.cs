namespace Altar.Images;

/// <summary>How a picture file is coded.</summary>
public enum PictureFormat
{
    /// <summary>JPEG: the only format that can be decoded at a reduced scale.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP, lossy or lossless; of an animation the first frame.</summary>
    WebP,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>TIFF; of several pages the first.</summary>
    Tiff,
}

/// <summary>What a picture file says of itself before anything is decoded.</summary>
/// <param name="Format">How it is coded; from its first bytes, never from its name.</param>
/// <param name="Stored">Size of the stored rows and columns.</param>
/// <param name="Turn">How the stored picture must be turned to stand upright.</param>
public sealed record PictureHeader(PictureFormat Format, PixelSize Stored, ExifTurn Turn)
{
    /// <summary>Size of the upright picture.</summary>
    public PixelSize Size => Turn.SwapsSides() ? new PixelSize(Stored.Height, Stored.Width) : Stored;
}
