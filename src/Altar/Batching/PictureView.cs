using Altar.Images;

namespace Altar.Batching;

/// <summary>Turns a decoded picture into the network's input. Called from several threads at once.</summary>
/// <param name="picture">The picture; it must not be changed.</param>
/// <param name="random">All chance of this view.</param>
/// <param name="input">H x W x 3 normalised numbers, channels last; all of them are to be written.</param>
public delegate void PictureView(Raster picture, Random random, Span<float> input);
