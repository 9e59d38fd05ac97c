using System.Runtime.InteropServices;
using Altar.Tensors;
using OpenCvSharp;

namespace Altar.Images;

/// <summary>Writes masks as grey pictures of 8 bits, whole or not at all.</summary>
public static class MaskWriter
{
    static MaskWriter() => OpenCv.Prepare();

    /// <summary>Writes a mask in the format of the file's ending: .png, .bmp or .tif (LZW). No lossy one, since neighbours of a class are other classes.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="mask">The mask; values are written as they are.</param>
    /// <exception cref="BadInputException">Another ending.</exception>
    public static void Write(string path, Mask mask)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = Encode(path, mask);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The bytes of a mask's file.</summary>
    /// <param name="path">A name with the ending of the format, e.g. ".png".</param>
    /// <param name="mask">The mask.</param>
    /// <exception cref="BadInputException">Another ending.</exception>
    public static byte[] Encode(string path, Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is not (".png" or ".bmp" or ".tif" or ".tiff")) throw new BadInputException($"{path}: masks are not written as '{ending}'; use .png, .bmp or .tif.");
        var pinned = GCHandle.Alloc(mask.Values, GCHandleType.Pinned);
        try
        {
            using var picture = Mat.FromPixelData(mask.Size.Height, mask.Size.Width, MatType.CV_8UC1, pinned.AddrOfPinnedObject());
            Cv2.ImEncode(ending, picture, out var bytes);
            return bytes;
        }
        finally
        {
            pinned.Free();
        }
    }
}
