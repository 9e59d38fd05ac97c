namespace Altar.Inference.Tiles;

/// <summary>How far a raster is.</summary>
/// <param name="Input">The raster.</param>
/// <param name="Rows">Rows of pixels that are done.</param>
/// <param name="Height">Rows of pixels it has.</param>
public readonly record struct RasterProgress(string Input, int Rows, int Height);
