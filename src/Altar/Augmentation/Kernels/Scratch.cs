using Altar.Images;

namespace Altar.Augmentation.Kernels;

/// <summary>What one picture in work needs besides its source and its destination; reused by the next.</summary>
internal sealed unsafe class Scratch
{
    private readonly PinnedBuffer<uint> _pixels = new(), _otherPixels = new();
    private readonly PinnedBuffer<byte> _grey = new(), _equalized = new(), _shrunk = new();
    private readonly PinnedBuffer<float> _rows = new();

    /// <summary>Pixels from one row to the next: the width rounded up to whole vectors.</summary>
    public int Stride { get; private set; }

    /// <summary>The warped picture: R, G, B and an unused byte.</summary>
    public uint* Pixels { get; private set; }

    /// <summary>Where a filter that needs a second picture writes.</summary>
    public uint* OtherPixels { get; private set; }

    /// <summary>One row each.</summary>
    public float* X { get; private set; }

    public float* Y { get; private set; }

    public float* R { get; private set; }

    public float* G { get; private set; }

    public float* B { get; private set; }

    /// <summary>A row of the result, for widths that are no whole number of vectors.</summary>
    public float* Interleaved { get; private set; }

    /// <summary>256 values.</summary>
    public float* ToneTable { get; private set; }

    /// <summary>Lines and widths of a grid's columns, then of its rows: four times 33 values.</summary>
    public float* GridTables { get; private set; }

    public const int GridTable = 33;

    public void Prepare(PixelSize target)
    {
        Stride = (target.Width + 15) / 16 * 16;
        Pixels = _pixels.Reserve(Stride * target.Height);
        OtherPixels = _otherPixels.Reserve(Stride * target.Height);
        X = _rows.Reserve((8 * Stride) + 256 + (4 * GridTable));
        Y = X + Stride;
        R = Y + Stride;
        G = R + Stride;
        B = G + Stride;
        Interleaved = B + Stride;
        ToneTable = X + (8 * Stride);
        GridTables = ToneTable + 256;
    }

    public byte* Grey(int count) => _grey.Reserve(count);

    public byte* Equalized(int count) => _equalized.Reserve(count);

    public byte* Shrunk(int count) => _shrunk.Reserve(count);

    public void SwapPixels()
    {
        var pixels = Pixels;
        Pixels = OtherPixels;
        OtherPixels = pixels;
    }
}
