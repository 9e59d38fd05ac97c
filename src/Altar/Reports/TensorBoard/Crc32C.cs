namespace Altar.Reports.TensorBoard;

/// <summary>CRC-32 with Castagnoli's polynomial, and the mask that TFRecord files put on it.</summary>
internal static class Crc32C
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => OfByte((uint)value))];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes) crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>Rotated and shifted, so that the checksum of data that holds checksums stays sound (TensorFlow, lib/hash/crc32c.h).</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = Of(bytes);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8);
    }

    private static uint OfByte(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0x82F63B78;   // 0x1EDC6F41 mirrored
        return value;
    }
}
