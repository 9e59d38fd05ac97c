using SkiaSharp;

namespace Altar.Tests.Reports;

internal static class PictureSizes
{
    public static (int Width, int Height) Of(string path)
    {
        using var codec = SKCodec.Create(path);
        return (codec.Info.Width, codec.Info.Height);
    }
}
