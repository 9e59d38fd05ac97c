using System.Runtime.InteropServices;
using Altar.Augmentation;
using Altar.Images;
using OpenCvSharp;

namespace Altar.Benchmarks;

/// <summary>The baseline: the same draws, one OpenCV call after the other, as Python pipelines make them.</summary>
internal sealed class OpenCvAugmentation : IDisposable
{
    private const int Side = 224;
    private static readonly MatType Bytes = MatType.CV_8UC3;
    private static readonly MatType Floats = MatType.CV_32FC3;
    private readonly Mat _mean = new(Side, Side, Floats, new Scalar(0.485 * 255, 0.456 * 255, 0.406 * 255));
    private readonly Mat _scale = new(Side, Side, Floats, new Scalar(1 / (0.229 * 255), 1 / (0.224 * 255), 1 / (0.225 * 255)));

    public void Apply(Raster source, AugmentationDraw draw, float[] destination)
    {
        var pinned = GCHandle.Alloc(source.Pixels, GCHandleType.Pinned);
        try
        {
            using var picture = Mat.FromPixelData(source.Size.Height, source.Size.Width, Bytes, pinned.AddrOfPinnedObject());
            using var warped = Warp(picture, draw.Geometry);
            foreach (var tone in draw.Tones) Tone(warped, tone);
            if (draw.Color is { } color) Color(warped, color);
            foreach (var blur in draw.Blurs) Blur(warped, blur);
            if (draw.Noise is { } noise) Noise(warped, noise);
            foreach (var hole in draw.Holes) warped.Rectangle(new Rect(hole.X, hole.Y, hole.Width, hole.Height), Scalar.Black, -1);
            Normalize(warped, destination);
        }
        finally
        {
            pinned.Free();
        }
    }

    public void Dispose()
    {
        _mean.Dispose();
        _scale.Dispose();
    }

    private static Mat Warp(Mat picture, GeometryDraw geometry)
    {
        using var resized = new Mat();
        Cv2.Resize(picture, resized, new Size(Math.Round(picture.Width * geometry.ResizeX), Math.Round(picture.Height * geometry.ResizeY)));
        using var mirrored = new Mat();
        if (geometry.MirrorX) Cv2.Flip(resized, mirrored, FlipMode.Y);
        else resized.CopyTo(mirrored);
        var center = new Point2f(mirrored.Width / 2f, mirrored.Height / 2f);
        using var matrix = Cv2.GetRotationMatrix2D(center, geometry.Rotate, geometry.Scale);
        matrix.At<double>(0, 2) += geometry.ShiftX * mirrored.Width;
        matrix.At<double>(1, 2) += geometry.ShiftY * mirrored.Height;
        using var warped = new Mat();
        Cv2.WarpAffine(mirrored, warped, matrix, mirrored.Size(), InterpolationFlags.Linear, BorderTypes.Reflect101);
        var x = Math.Clamp((int)(((mirrored.Width - Side) / 2) + geometry.CropX), 0, mirrored.Width - Side);
        var y = Math.Clamp((int)(((mirrored.Height - Side) / 2) + geometry.CropY), 0, mirrored.Height - Side);
        using var crop = new Mat(warped, new Rect(x, y, Side, Side));
        return crop.Clone();
    }

    private static void Tone(Mat picture, ToneDraw tone)
    {
        switch (tone.Kind)
        {
            case ToneKind.Linear:
                picture.ConvertTo(picture, Bytes, tone.Amount, tone.Offset);
                break;
            case ToneKind.Gamma:
                Cv2.LUT(picture, [.. Enumerable.Range(0, 256).Select(value => (byte)(255 * Math.Pow(value / 255.0, tone.Amount)))], picture);
                break;
            case ToneKind.Clahe:
                using (var lab = new Mat())
                using (var clahe = Cv2.CreateCLAHE(tone.Amount, new Size(tone.Offset, tone.Offset)))
                {
                    Cv2.CvtColor(picture, lab, ColorConversionCodes.RGB2Lab);
                    Each(lab, (lightness, _, _) => clahe.Apply(lightness, lightness));
                    Cv2.CvtColor(lab, picture, ColorConversionCodes.Lab2RGB);
                }

                break;
        }
    }

    private static void Color(Mat picture, ColorDraw color)
    {
        using var hsv = new Mat();
        Cv2.CvtColor(picture, hsv, ColorConversionCodes.RGB2HSV);
        Each(hsv, (hue, saturation, value) =>
        {
            Cv2.LUT(hue, [.. Enumerable.Range(0, 256).Select(level => (byte)((level + color.Hue + 180) % 180))], hue);
            saturation.ConvertTo(saturation, MatType.CV_8UC1, 1, color.Saturation);
            value.ConvertTo(value, MatType.CV_8UC1, 1, color.Lightness);
        });
        Cv2.CvtColor(hsv, picture, ColorConversionCodes.HSV2RGB);
    }

    private static void Each(Mat picture, Action<Mat, Mat, Mat> change)
    {
        var planes = picture.Split();
        change(planes[0], planes[1], planes[2]);
        Cv2.Merge(planes, picture);
        foreach (var plane in planes) plane.Dispose();
    }

    private static void Blur(Mat picture, BlurDraw blur)
    {
        if (blur.Kind == BlurKind.Gaussian)
        {
            Cv2.GaussianBlur(picture, picture, new Size(blur.Size, blur.Size), 0);
            return;
        }

        using var kernel = new Mat(blur.Size, blur.Size, MatType.CV_32FC1, Scalar.Black);
        var (sin, cos) = Math.SinCos(blur.Angle * Math.PI / 180);
        var half = blur.Size / 2;
        var (dx, dy) = ((int)Math.Round(cos * half), (int)Math.Round(sin * half));
        kernel.Line(half - dx, half + dy, half + dx, half - dy, new Scalar(1.0 / blur.Size));
        Cv2.Filter2D(picture, picture, -1, kernel);
    }

    private static void Noise(Mat picture, NoiseDraw noise)
    {
        using var values = new Mat(picture.Size(), Floats);
        using var sum = new Mat();
        Cv2.Randn(values, Scalar.All(0), Scalar.All(noise.ChannelSigma + noise.LightSigma));
        Cv2.Add(picture, values, sum, null, Floats.Value);
        sum.ConvertTo(picture, Bytes);
    }

    private void Normalize(Mat picture, float[] destination)
    {
        var pinned = GCHandle.Alloc(destination, GCHandleType.Pinned);
        using var result = Mat.FromPixelData(Side, Side, Floats, pinned.AddrOfPinnedObject());
        picture.ConvertTo(result, Floats);
        Cv2.Subtract(result, _mean, result);
        Cv2.Multiply(result, _scale, result);
        pinned.Free();
    }
}
