namespace Altar.Images.GeoTiff;

/// <summary>Where the strips or tiles of a TIFF lie in its file.</summary>
internal sealed class TiffStorage
{
    private readonly TiffField _offsets, _lengths;

    /// <exception cref="DamagedPictureException">A strip or tile is missing, or lies beyond the file's end: it is cut off.</exception>
    public TiffStorage(TiffDirectory directory, TiffLayout layout)
    {
        var across = Parts(layout.Size.Width, layout.Stored.Width);
        Count = checked(across * Parts(layout.Size.Height, layout.Stored.Height) * (layout.IsPlanar ? layout.Samples : 1));
        var (offsets, lengths) = layout.IsTiled ? (TiffTags.TileOffsets, TiffTags.TileByteCounts) : (TiffTags.StripOffsets, TiffTags.StripByteCounts);
        _offsets = directory.Field(offsets) ?? throw directory.Damaged($"is damaged: field {offsets}, where its data lie, is missing");
        _lengths = directory.Field(lengths) ?? throw directory.Damaged($"is damaged: field {lengths}, how long its data are, is missing");
        if (_offsets.Count < Count || _lengths.Count < Count) throw directory.Damaged($"is damaged: it lists {Math.Min(_offsets.Count, _lengths.Count)} of its {Count} {(layout.IsTiled ? "tiles" : "strips")}");

        var end = Enumerable.Range(0, Count).Max(i => IsEmpty(i) ? 0 : _offsets.Number(i) + _lengths.Number(i));
        if (end > directory.FileLength) throw directory.Damaged($"is cut off: its data end at byte {end:0}, but the file has only {directory.FileLength}");
    }

    /// <summary>Strips or tiles, of all planes.</summary>
    public int Count { get; }

    public long Offset(int index) => (long)_offsets.Number(index);

    public long Length(int index) => (long)_lengths.Number(index);

    /// <summary>GDAL's sparse files leave out blocks that are all 0.</summary>
    public bool IsEmpty(int index) => _lengths.Number(index) == 0;

    public static int Parts(int length, int part) => (int)(((long)length + part - 1) / part);
}
