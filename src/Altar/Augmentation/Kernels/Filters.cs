using Altar.Images;
using OpenCvSharp;

namespace Altar.Augmentation.Kernels;

/// <summary>What needs a pixel's neighbours: OpenCV's, over the warped picture.</summary>
internal static unsafe class Filters
{
    /// <summary>Blurs the picture in the scratch.</summary>
    public static void Blur(BlurDraw blur, Scratch scratch, PixelSize size)
    {
        using var from = View(scratch.Pixels, scratch.Stride, size);
        using var to = View(scratch.OtherPixels, scratch.Stride, size);
        switch (blur.Kind)
        {
            case BlurKind.Box: Cv2.Blur(from, to, new Size(blur.Size, blur.Size)); break;
            case BlurKind.Gaussian: Cv2.GaussianBlur(from, to, new Size(blur.Size, blur.Size), 0); break;
            case BlurKind.Median: Cv2.MedianBlur(from, to, blur.Size); break;
            default: Motion(from, to, blur); break;
        }

        scratch.SwapPixels();
    }

    /// <summary>The weights of a line through the middle; they sum to 1.</summary>
    public static float[] MotionKernel(int size, double angle)
    {
        var kernel = new float[size * size];
        var (sin, cos) = Math.SinCos(angle * Math.PI / 180);
        var middle = size / 2;
        for (var step = -middle; step <= middle; step++)
        {
            var (x, y) = (middle + (int)Math.Round(cos * step), middle - (int)Math.Round(sin * step));
            kernel[(y * size) + x] += 1f / size;
        }

        return kernel;
    }

    /// <summary>Brightness before and after adaptive equalisation, a byte a pixel, rows as far apart as the scratch's.</summary>
    public static (nint Grey, nint Equalized) Equalize(ToneDraw clahe, Scratch scratch, PixelSize size)
    {
        var bytes = scratch.Stride * size.Height;
        var grey = scratch.Grey(bytes);
        var equalized = scratch.Equalized(bytes);
        using var picture = View(scratch.Pixels, scratch.Stride, size);
        using var before = Mat.FromPixelData(size.Height, size.Width, MatType.CV_8UC1, (nint)grey, scratch.Stride);
        using var after = Mat.FromPixelData(size.Height, size.Width, MatType.CV_8UC1, (nint)equalized, scratch.Stride);
        Cv2.CvtColor(picture, before, ColorConversionCodes.RGBA2GRAY);
        using var equalizer = Cv2.CreateCLAHE(clahe.Amount, new Size((int)clahe.Offset, (int)clahe.Offset));
        equalizer.Apply(before, after);
        return ((nint)grey, (nint)equalized);
    }

    /// <summary>The mean brightness of the picture in the scratch, 0..255.</summary>
    public static double MeanBrightness(Scratch scratch, PixelSize size)
    {
        using var picture = View(scratch.Pixels, scratch.Stride, size);
        var mean = Cv2.Mean(picture);
        return (0.299 * mean.Val0) + (0.587 * mean.Val1) + (0.114 * mean.Val2);   // ITU-R BT.601
    }

    /// <summary>Averages squares of <paramref name="factor"/> pixels, so that a sparse sampling meets no detail it cannot show.</summary>
    public static SourceView Shrink(in SourceView source, int factor, Scratch scratch)
    {
        var (width, height) = (source.Width / factor, source.Height / factor);
        var shrunk = scratch.Shrunk((width * height * 3) + Raster.Padding);

        // Cut to whole squares: only then OpenCV has its fast case.
        using var from = Mat.FromPixelData(height * factor, width * factor, MatType.CV_8UC3, (nint)source.Pixels, source.Width * 3L);
        using var to = Mat.FromPixelData(height, width, MatType.CV_8UC3, (nint)shrunk);
        Cv2.Resize(from, to, new Size(width, height), 0, 0, InterpolationFlags.Area);
        return new SourceView(shrunk, width, height);
    }

    private static void Motion(Mat from, Mat to, BlurDraw blur)
    {
        fixed (float* weights = MotionKernel(blur.Size, blur.Angle))
        {
            using var kernel = Mat.FromPixelData(blur.Size, blur.Size, MatType.CV_32FC1, (nint)weights);
            Cv2.Filter2D(from, to, -1, kernel);
        }
    }

    private static Mat View(uint* pixels, int stride, PixelSize size) =>
        Mat.FromPixelData(size.Height, size.Width, MatType.CV_8UC4, (nint)pixels, stride * 4L);
}
