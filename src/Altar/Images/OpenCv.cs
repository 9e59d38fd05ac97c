using OpenCvSharp;

namespace Altar.Images;

/// <summary>How OpenCV is used here: silent, and on the caller's thread, since pictures and not their rows are spread over threads.</summary>
internal static class OpenCv
{
    private static readonly Lazy<bool> Prepared = new(() =>
    {
        Cv2.SetLogLevel(LogLevel.SILENT);
        Cv2.SetNumThreads(0);
        return true;
    });

    public static void Prepare() => _ = Prepared.Value;
}
