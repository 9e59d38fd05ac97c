using System.Runtime.InteropServices;
using Altar.Tensors;
using OpenCvSharp;

namespace Altar.Images;

/// <summary>Writes pictures of one channel.</summary>
public static class GreyPng
{
    /// <summary>Writes a PNG of one channel of 8 bits, whole or not at all.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="size">Its size.</param>
    /// <param name="pixels">A byte a pixel, row after row.</param>
    public static void Write(string path, PixelSize size, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length != size.Area) throw new ArgumentException($"{pixels.Length} bytes are not {size.Width} by {size.Height} pixels.", nameof(pixels));
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            using var picture = Mat.FromPixelData(size.Height, size.Width, MatType.CV_8UC1, pinned.AddrOfPinnedObject());
            Cv2.ImEncode(".png", picture, out var bytes);
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }
        finally
        {
            pinned.Free();
        }
    }
}
