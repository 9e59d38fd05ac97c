namespace Altar.Images;

/// <summary>EXIF tag 0x0112: where the first row and column of the stored picture belong (EXIF 2.32, 4.6.4 A).</summary>
public enum ExifTurn
{
    /// <summary>Stored upright.</summary>
    None = 1,

    /// <summary>Mirrored left to right.</summary>
    Mirrored = 2,

    /// <summary>Upside down.</summary>
    Half = 3,

    /// <summary>Mirrored top to bottom.</summary>
    Flipped = 4,

    /// <summary>Rows and columns exchanged.</summary>
    Transposed = 5,

    /// <summary>To be turned a quarter clockwise.</summary>
    QuarterClockwise = 6,

    /// <summary>Rows and columns exchanged, then upside down.</summary>
    AntiTransposed = 7,

    /// <summary>To be turned a quarter counter-clockwise.</summary>
    QuarterCounterClockwise = 8,
}

/// <summary>What a turn does to a picture's sides.</summary>
public static class ExifTurns
{
    /// <summary>Whether width and height change places.</summary>
    /// <param name="turn">The turn.</param>
    public static bool SwapsSides(this ExifTurn turn) => turn >= ExifTurn.Transposed;
}
