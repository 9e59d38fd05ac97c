using System.Runtime.InteropServices;
using Altar.Images;
using Altar.Images.Headers;
using Altar.Tensors;
using OpenCvSharp;

namespace Altar.Datasets;

/// <summary>A mask in memory: a byte a pixel, 255 is building, 0 is not; nothing else.</summary>
/// <param name="Size">Its size.</param>
/// <param name="Pixels">Row by row from the top left.</param>
/// <param name="IsCompressedTiff">Whether the file is a TIFF that is compressed already.</param>
internal sealed record InriaMask(PixelSize Size, byte[] Pixels, bool IsCompressedTiff)
{
    private const int SignatureBytes = 8;

    /// <summary>Reads a TIFF (strips or tiles, any compression) or PNG.</summary>
    /// <exception cref="BadInputException">It is no TIFF or PNG, is cut off, has other than one band of 8 bits, or a value other than 0 and 255.</exception>
    public static InriaMask Read(string path)
    {
        var mask = IsPng(path) ? ReadPng(path) : InriaTiff.Read(path);
        RequireBlackAndWhite(path, mask);
        return mask;
    }

    /// <summary>The size of a mask whose header says that it is one band of 8 bits.</summary>
    /// <exception cref="BadInputException">It is not.</exception>
    public static PixelSize CheckHeader(string path) => IsPng(path) ? PngSize(path) : InriaTiff.CheckMask(path);

    /// <summary>The size of any TIFF or PNG.</summary>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static PixelSize SizeOf(string path) => IsPng(path) ? PngSize(path) : InriaTiff.SizeOf(path);

    public static BadInputException SizesDiffer(string path, PixelSize size, string otherPath, PixelSize otherSize) => new(
        $"{path} has {size.Width}x{size.Height} pixels, {otherPath} has {otherSize.Width}x{otherSize.Height}. Both must show the same area at the same scale: make one of them anew.");

    /// <summary>A refusal that names the bands and bits, or null.</summary>
    public static BadInputException? RefuseFormat(string path, int bands, int bits) => (bands, bits) == (1, 8)
        ? null
        : new BadInputException($"{path}: {bands} {(bands == 1 ? "band" : "bands")} of {bits} {(bits == 1 ? "bit" : "bits")}; masks have one band of 8 bits. Write it with 0 for no building and 255 for building.");

    private static bool IsPng(string path)
    {
        var start = new byte[SignatureBytes];
        using var file = File.OpenHandle(path);
        var length = RandomAccess.Read(file, start, 0);
        if (start.AsSpan(0, length).StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return true;
        if (start.AsSpan(0, length).StartsWith("II"u8) || start.AsSpan(0, length).StartsWith("MM"u8)) return false;
        throw new BadInputException($"{path}: no TIFF or PNG by its first bytes. Write it again, or remove it.");
    }

    private static PixelSize PngSize(string path)
    {
        try
        {
            return RasterReader.ReadHeader(path).Size;
        }
        catch (DamagedPictureException error)
        {
            throw new BadInputException($"{error.Message} Write it again.", error);
        }
    }

    private static InriaMask ReadPng(string path)
    {
        var size = PngSize(path);   // prepares OpenCV too
        var bytes = File.ReadAllBytes(path);
        if (!PngHeader.IsWhole(bytes)) throw new BadInputException($"{path}: the PNG is cut off. Write it again.");
        using var picture = Cv2.ImDecode(bytes, ImreadModes.Unchanged);
        if (picture.Empty()) throw new BadInputException($"{path}: the PNG cannot be decoded. Write it again.");
        if (RefuseFormat(path, picture.Channels(), (int)picture.ElemSize1() * 8) is { } refusal) throw refusal;

        var pixels = GC.AllocateUninitializedArray<byte>(checked(size.Width * size.Height));
        Marshal.Copy(picture.Data, pixels, 0, pixels.Length);
        return new InriaMask(size, pixels, IsCompressedTiff: false);
    }

    private static void RequireBlackAndWhite(string path, InriaMask mask)
    {
        // A byte is 0 or 255 where each bit equals the one above it: eight pixels at once.
        const ulong LowerBits = 0x7F7F7F7F7F7F7F7F;
        var words = MemoryMarshal.Cast<byte, ulong>(mask.Pixels);
        var word = 0;
        while (word < words.Length && ((words[word] ^ (words[word] >> 1)) & LowerBits) == 0) word++;

        var wrong = mask.Pixels.AsSpan(word * sizeof(ulong)).IndexOfAnyExcept((byte)0, (byte)255);
        if (wrong < 0) return;
        var at = (word * sizeof(ulong)) + wrong;
        var cure = mask.Pixels.AsSpan().IndexOfAnyExcept((byte)0, (byte)1) < 0 ? "It seems to hold classes: multiply it by 255." : "Threshold it, and write it without lossy compression.";
        throw new BadInputException($"{path}: the value {mask.Pixels[at]} at column {at % mask.Size.Width}, row {at / mask.Size.Width}; masks hold 0 (no building) and 255 (building). {cure}");
    }
}
