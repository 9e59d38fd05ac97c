using System.Runtime.InteropServices;
using OpenCvSharp;

namespace Altar.Images;

/// <summary>Turns a file's bytes into an upright raster.</summary>
internal static class PictureDecoder
{
    /// <returns>Null when the data cannot be decoded.</returns>
    public static Raster? Decode(byte[] file, PictureHeader header, int scale)
    {
        if (header.Format == PictureFormat.Tiff) return TiffDecoder.Decode(file, header);
        var mode = scale switch
        {
            2 => ImreadModes.ReducedColor2,
            4 => ImreadModes.ReducedColor4,
            8 => ImreadModes.ReducedColor8,
            _ => ImreadModes.Color,
        };
        try
        {
            using var picture = Cv2.ImDecode(file, mode | ImreadModes.IgnoreOrientation);
            return picture.Empty() ? null : Upright(picture, header.Turn, ColorConversionCodes.BGR2RGB);
        }
        catch (OpenCVException)
        {
            return null;
        }
    }

    /// <summary>Turns a picture upright and writes it, as RGB, into a raster.</summary>
    public static Raster Upright(Mat picture, ExifTurn turn, ColorConversionCodes toRgb)
    {
        if (turn == ExifTurn.None) return ToRaster(picture, toRgb);
        using var upright = new Mat();
        Turn(picture, upright, turn);
        return ToRaster(upright, toRgb);
    }

    private static void Turn(Mat from, Mat to, ExifTurn turn)
    {
        switch (turn)
        {
            case ExifTurn.Mirrored: Cv2.Flip(from, to, FlipMode.Y); break;
            case ExifTurn.Half: Cv2.Rotate(from, to, RotateFlags.Rotate180); break;
            case ExifTurn.Flipped: Cv2.Flip(from, to, FlipMode.X); break;
            case ExifTurn.Transposed: Cv2.Transpose(from, to); break;
            case ExifTurn.QuarterClockwise: Cv2.Rotate(from, to, RotateFlags.Rotate90Clockwise); break;
            case ExifTurn.AntiTransposed: Cv2.Transpose(from, to); Cv2.Flip(to, to, FlipMode.XY); break;
            default: Cv2.Rotate(from, to, RotateFlags.Rotate90Counterclockwise); break;
        }
    }

    // The colours change places on the way into the raster's own memory: the only copy.
    private static Raster ToRaster(Mat picture, ColorConversionCodes toRgb)
    {
        var raster = Raster.Uninitialized(new PixelSize(picture.Width, picture.Height));
        var pinned = GCHandle.Alloc(raster.Pixels, GCHandleType.Pinned);
        try
        {
            using var target = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC3, pinned.AddrOfPinnedObject());
            Cv2.CvtColor(picture, target, toRgb);
        }
        finally
        {
            pinned.Free();
        }

        return raster;
    }
}
