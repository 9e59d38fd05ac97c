using System.Buffers.Binary;

namespace Altar.Images.Headers;

/// <summary>Walks a JPEG's markers (ITU-T T.81, annex B).</summary>
internal static class JpegHeader
{
    private const int StartOfScan = 0xDA, EndOfImage = 0xD9, Exif = 0xE1;

    public static PictureHeader? Parse(ReadOnlySpan<byte> file)
    {
        var turn = ExifTurn.None;
        for (var at = 2; at + 4 <= file.Length;)
        {
            var marker = Marker(file, ref at);
            if (marker < 0 || at + 2 > file.Length) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2) throw new InvalidDataException("has a JPEG segment of impossible length");
            if (marker is StartOfScan or EndOfImage) throw new InvalidDataException("is a JPEG without a frame");
            if (at + length > file.Length) return null;

            var segment = file.Slice(at + 2, length - 2);
            if (IsFrame(marker)) return Frame(segment, turn);
            if (marker == Exif && segment.StartsWith("Exif\0\0"u8)) turn = TiffHeader.Turn(segment[6..]);
            at += length;
        }

        return null;
    }

    /// <summary>Whether the end marker follows the coded data: libjpeg fills what a cut file lacks with grey, without a word.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file)
    {
        if (file.TrimEnd((byte)0).EndsWith((ReadOnlySpan<byte>)[0xFF, EndOfImage])) return true;

        // Cameras and phones append their own data: look for the marker behind the first scan.
        var at = 2;
        while (at + 4 <= file.Length)
        {
            var marker = Marker(file, ref at);
            if (marker == EndOfImage) return true;
            if (marker < 0 || at + 2 > file.Length) return false;
            at += BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (marker != StartOfScan || at > file.Length) continue;
            at = SkipCodedData(file, at);
        }

        return false;
    }

    // Within coded data FF is followed by 0 (a stuffed byte) or by D0..D7 (a restart marker).
    private static int SkipCodedData(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length)
        {
            var next = file[at..].IndexOf((byte)0xFF);
            if (next < 0) return file.Length;
            at += next;
            if (at + 1 >= file.Length) return file.Length;
            if (file[at + 1] is not (0 or (>= 0xD0 and <= 0xD7))) return file[at + 1] == EndOfImage ? Math.Min(at, file.Length - 4) : at;
            at += 2;
        }

        return at;
    }

    private static int Marker(ReadOnlySpan<byte> file, ref int at)
    {
        if (file[at] != 0xFF) throw new InvalidDataException("has a damaged JPEG header");
        while (at < file.Length && file[at] == 0xFF) at++;
        return at < file.Length ? file[at++] : -1;
    }

    private static bool IsFrame(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static PictureHeader Frame(ReadOnlySpan<byte> segment, ExifTurn turn)
    {
        if (segment.Length < 6) throw new InvalidDataException("has a damaged JPEG header");
        var height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        return new PictureHeader(PictureFormat.Jpeg, HeaderParser.Size(width, height), turn);
    }
}
