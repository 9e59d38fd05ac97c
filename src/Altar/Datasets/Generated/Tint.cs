using OpenCvSharp;

namespace Altar.Datasets.Generated;

/// <summary>A colour, R, G, B in 0..255.</summary>
internal readonly record struct Tint(double R, double G, double B)
{
    /// <summary>Brightness as the eye weighs it, 0..255 (BT.601).</summary>
    public double Luma => (0.299 * R) + (0.587 * G) + (0.114 * B);

    /// <summary>Any colour.</summary>
    public static Tint Draw(Random random) => new(random.Next(256), random.Next(256), random.Next(256));

    /// <summary>A colour whose brightness differs from that of <paramref name="other"/> by at least <paramref name="contrast"/> of the range.</summary>
    public static Tint DrawBeside(Tint other, double contrast, Random random)
    {
        while (true)
        {
            var tint = Draw(random);
            if (Math.Abs(tint.Luma - other.Luma) >= contrast * 255) return tint;
        }
    }

    public Tint Mix(Tint other, double share) =>
        new(R + ((other.R - R) * share), G + ((other.G - G) * share), B + ((other.B - B) * share));

    public void Write(Span<byte> pixel) => (pixel[0], pixel[1], pixel[2]) = (ToByte(R), ToByte(G), ToByte(B));

    public Scalar ToScalar() => new(R, G, B);

    public static byte ToByte(double value) => (byte)Math.Clamp(value, 0, 255);
}
