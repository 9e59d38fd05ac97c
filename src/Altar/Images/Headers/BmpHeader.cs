using System.Buffers.Binary;

namespace Altar.Images.Headers;

/// <summary>Reads the sizes in a BMP's header: the old one with 16 bits, or the later ones with 32.</summary>
internal static class BmpHeader
{
    private const int OldHeader = 12;

    public static PictureHeader? Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < 26) return null;
        var isOld = file[14] == OldHeader;
        long width = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(file[18..]) : BinaryPrimitives.ReadInt32LittleEndian(file[18..]);
        long height = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(file[20..]) : BinaryPrimitives.ReadInt32LittleEndian(file[22..]);

        // A negative height means that the first row is the top one.
        return new PictureHeader(PictureFormat.Bmp, HeaderParser.Size(width, Math.Abs(height)), ExifTurn.None);
    }

    /// <summary>Whether the rows of an uncompressed picture are all there.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file, PixelSize size)
    {
        if (file[14] == OldHeader || file.Length < 34 || BinaryPrimitives.ReadUInt32LittleEndian(file[30..]) is not (0 or 3)) return true;
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        var rowBytes = (((long)size.Width * bits) + 31) / 32 * 4;
        return file.Length >= BinaryPrimitives.ReadUInt32LittleEndian(file[10..]) + (rowBytes * size.Height);
    }
}
