using Altar.Tensors;

namespace Altar.Images;

/// <summary>Opens TIFFs by windows where that can be done.</summary>
internal static class TiffWindows
{
    /// <returns>Null where the file is coded in a way that only <see cref="RasterReader"/> reads, as a whole.</returns>
    /// <exception cref="DamagedPictureException">It is damaged or cut off.</exception>
    public static RasterWindows? TryOpen(string path)
    {
        try
        {
            return RasterWindows.Open(path);
        }
        catch (BadInputException)
        {
            return null;
        }
    }
}
