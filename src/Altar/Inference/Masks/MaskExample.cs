using Altar.Images;

namespace Altar.Inference.Masks;

/// <summary>A judged picture with what is in it and what the network says.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Score">Mean IoU of the classes in this picture alone, 0 to 1; empty against empty is 1.</param>
/// <param name="Photo">As the network saw it.</param>
/// <param name="Truth">A class for each pixel, row by row; -1 for ignored.</param>
/// <param name="Prediction">A class for each pixel.</param>
public sealed record MaskExample(string Name, double Score, Raster Photo, int[] Truth, int[] Prediction);
