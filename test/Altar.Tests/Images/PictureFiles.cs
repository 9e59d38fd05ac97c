using System.Buffers.Binary;
using Altar.Images;

namespace Altar.Tests.Images;

/// <summary>A folder of small pictures written byte by byte where no library writes them.</summary>
internal sealed class PictureFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("altar-pictures-").FullName;

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Free(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Four fields: red, green over blue, white.</summary>
    public static Raster Fields(int width, int height)
    {
        var raster = new Raster(new PixelSize(width, height));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                byte[] colour = (y < height / 2, x < width / 2) switch
                {
                    (true, true) => [255, 0, 0],
                    (true, false) => [0, 255, 0],
                    (false, true) => [0, 0, 255],
                    _ => [255, 255, 255],
                };
                colour.CopyTo(raster.Row(y)[(x * 3)..]);
            }
        }

        return raster;
    }

    /// <summary>The field colours at the four corners, row by row: R, G, B, W, or ? for anything else.</summary>
    public static string Corners(Raster raster)
    {
        var (right, bottom) = (raster.Size.Width - 1, raster.Size.Height - 1);
        return string.Concat(Letter(raster, 0, 0), Letter(raster, right, 0), Letter(raster, 0, bottom), Letter(raster, right, bottom));
    }

    public static (int R, int G, int B) Pixel(Raster raster, int x, int y)
    {
        var pixel = raster.Row(y).Slice(x * 3, 3);
        return (pixel[0], pixel[1], pixel[2]);
    }

    private static char Letter(Raster raster, int x, int y)
    {
        var (r, g, b) = Pixel(raster, x, y);
        return (r > 200, g > 200, b > 200) switch
        {
            (true, false, false) => 'R',
            (false, true, false) => 'G',
            (false, false, true) => 'B',
            (true, true, true) => 'W',
            _ => '?',
        };
    }

    /// <summary>A TIFF block with one tag: the orientation.</summary>
    public static byte[] ExifBlock(int orientation) =>
        [.. "MM\0*\0\0\0\x08"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

    public static byte[] JpegWithTurn(Raster raster, int orientation)
    {
        var jpeg = RasterWriter.Encode(".jpg", raster);
        byte[] exif = [.. "Exif\0\0"u8, .. ExifBlock(orientation)];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    /// <summary>An 8x8 JPEG of one colour in CMYK, inverted as Adobe writes it: 255 is no ink.</summary>
    public static byte[] CmykJpeg(byte cyan, byte magenta, byte yellow, byte black)
    {
        // Every coefficient is quantised by 8, so a block's DC is its value - 128; codes of 4 bits name the number of bits that follow.
        byte[] table = [.. Enumerable.Repeat((byte)8, 64)];
        byte[] adobe = [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0];
        byte[] frame = [8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0];
        byte[] sizes = [0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        byte[] endOfBlock = [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] scan = [4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0];
        var bits = string.Concat(new[] { cyan, magenta, yellow, black }.Select(value => BlockBits(value - 128)));
        return
        [
            0xFF, 0xD8, .. Segment(0xEE, adobe), .. Segment(0xDB, [0, .. table]), .. Segment(0xC0, frame),
            .. Segment(0xC4, sizes), .. Segment(0xC4, endOfBlock), .. Segment(0xDA, scan), .. Stuffed(bits), 0xFF, 0xD9,
        ];
    }

    private static byte[] Segment(byte marker, byte[] content)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(content.Length + 2));
        return [0xFF, marker, .. length, .. content];
    }

    private static string BlockBits(int value)
    {
        var count = value == 0 ? 0 : (int)Math.Floor(Math.Log2(Math.Abs(value))) + 1;
        var coded = value < 0 ? value + (1 << count) - 1 : value;
        return Convert.ToString(count, 2).PadLeft(4, '0') + (count == 0 ? "" : Convert.ToString(coded, 2).PadLeft(count, '0')) + "0";
    }

    private static IEnumerable<byte> Stuffed(string bits)
    {
        foreach (var chunk in bits.Chunk(8))
        {
            var value = Convert.ToByte(new string(chunk).PadRight(8, '1'), 2);
            yield return value;
            if (value == 0xFF) yield return 0;
        }
    }
}
