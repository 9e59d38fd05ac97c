using System.Buffers.Binary;
using Altar.Datasets.Duplicates;

namespace Altar.Search;

/// <summary>A look as bytes: 1 (0 where there is none), the hash, the thumbnail.</summary>
internal static class LookCode
{
    private const int HashAt = 1, ThumbnailAt = 9;

    /// <summary>Bytes of a look.</summary>
    public const int Length = ThumbnailAt + (8 * 8 * 3);

    /// <summary>The bytes; all zeros for none.</summary>
    public static byte[] Encode(Look? look)
    {
        var bytes = new byte[Length];
        if (look is null) return bytes;
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(HashAt), look.Hash);
        look.Thumbnail.CopyTo(bytes, ThumbnailAt);
        return bytes;
    }

    public static Look? Decode(ReadOnlySpan<byte> bytes) => bytes[0] == 0
        ? null
        : new Look(BinaryPrimitives.ReadUInt64LittleEndian(bytes[HashAt..]), bytes[ThumbnailAt..].ToArray());
}
