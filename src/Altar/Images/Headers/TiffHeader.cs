using System.Buffers.Binary;

namespace Altar.Images.Headers;

/// <summary>Reads the first directory of a TIFF (TIFF 6.0, section 2); EXIF blocks have the same form.</summary>
internal static class TiffHeader
{
    private const int Width = 0x100, Height = 0x101, Orientation = 0x112;

    public static PictureHeader? Parse(ReadOnlySpan<byte> file)
    {
        if (Tags(file) is not { } tags) return null;
        return new PictureHeader(PictureFormat.Tiff, HeaderParser.Size(tags.Width, tags.Height), ToTurn(tags.Orientation));
    }

    /// <summary>The turn an EXIF block asks for; none where it is damaged, since the picture is still good.</summary>
    public static ExifTurn Turn(ReadOnlySpan<byte> exif) =>
        exif.StartsWith("II*\0"u8) || exif.StartsWith("MM\0*"u8) ? ToTurn(Tags(exif)?.Orientation ?? 1) : ExifTurn.None;

    private static ExifTurn ToTurn(long orientation) => orientation is >= 1 and <= 8 ? (ExifTurn)(int)orientation : ExifTurn.None;

    private static (long Width, long Height, long Orientation)? Tags(ReadOnlySpan<byte> file)
    {
        if (file.Length < 8) return null;
        var isLittle = file[0] == 'I';
        long directory = UInt32(file[4..], isLittle);
        if (directory + 2 > file.Length) return null;
        var count = UInt16(file[(int)directory..], isLittle);
        if (directory + 2 + (count * 12L) > file.Length) return null;

        (long Width, long Height, long Orientation) found = (0, 0, 1);
        for (var i = 0; i < count; i++)
        {
            var entry = file.Slice((int)directory + 2 + (i * 12), 12);
            const int Short = 3;
            var value = UInt16(entry[2..], isLittle) == Short ? UInt16(entry[8..], isLittle) : UInt32(entry[8..], isLittle);
            switch (UInt16(entry, isLittle))
            {
                case Width: found.Width = value; break;
                case Height: found.Height = value; break;
                case Orientation: found.Orientation = value; break;
            }
        }

        return found;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
