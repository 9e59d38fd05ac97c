using Altar.Images;

namespace Altar.Inference.Tiles;

/// <summary>A tile as it was read: the channels of each pixel together, as bytes or as floats in 0..1.</summary>
/// <param name="Column">Its place from the left.</param>
/// <param name="Bytes">Or null. More may lie behind the last pixel.</param>
/// <param name="Values">Or null. More may lie behind the last pixel.</param>
internal sealed record TilePixels(int Column, byte[]? Bytes, float[]? Values);

/// <summary>Where tiles come from.</summary>
internal interface ITileSource : IDisposable
{
    /// <summary>Size of the raster.</summary>
    PixelSize Size { get; }

    /// <summary>Reads a tile.</summary>
    /// <param name="column">Its place from the left.</param>
    /// <param name="box">Its pixels; what lies beyond the right and lower edge is mirrored.</param>
    TilePixels Read(int column, PixelBox box);
}
