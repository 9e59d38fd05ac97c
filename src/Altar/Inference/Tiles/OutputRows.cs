using System.Runtime.InteropServices;

namespace Altar.Inference.Tiles;

/// <summary>What is written of finished rows.</summary>
internal static class OutputRows
{
    /// <summary>Bands of the result.</summary>
    public static int Bands(RasterOutput output, int classes) => output == RasterOutput.Mask ? 1 : classes;

    /// <summary>The samples of finished rows, the bands of a pixel together.</summary>
    /// <param name="rows">The probabilities.</param>
    /// <param name="labels">What <see cref="Labels"/> gives for them.</param>
    /// <param name="output">What is written.</param>
    public static byte[] Samples(BlendedRows rows, byte[] labels, RasterOutput output) => output switch
    {
        RasterOutput.Mask => rows.Classes == 1 ? Each(labels, label => label == 0 ? byte.MaxValue : byte.MinValue) : labels,
        RasterOutput.Probability => Each(Together(rows), probability => (byte)Math.Round(Math.Clamp(probability, 0, 1) * 255)),
        _ => MemoryMarshal.AsBytes<float>(Together(rows)).ToArray(),
    };

    /// <summary>The class of each pixel: the likeliest, of equal ones the first. Where there is one class: 0 from the threshold on, else 1.</summary>
    public static byte[] Labels(BlendedRows rows, double threshold)
    {
        if (rows.Classes == 1) return Each(rows.Values, probability => (byte)(probability >= threshold ? 0 : 1));
        var pixels = rows.Count * rows.Width;
        var likeliest = new byte[pixels];
        for (var of = 1; of < rows.Classes; of++)
        {
            for (var i = 0; i < pixels; i++)
            {
                if (rows.Values[(of * pixels) + i] > rows.Values[(likeliest[i] * pixels) + i]) likeliest[i] = (byte)of;
            }
        }

        return likeliest;
    }

    private static byte[] Each<T>(T[] values, Func<T, byte> sample)
    {
        var samples = new byte[values.Length];
        for (var i = 0; i < samples.Length; i++) samples[i] = sample(values[i]);
        return samples;
    }

    private static float[] Together(BlendedRows rows)
    {
        if (rows.Classes == 1) return rows.Values;
        var pixels = rows.Count * rows.Width;
        var together = new float[rows.Values.Length];
        for (var of = 0; of < rows.Classes; of++)
        {
            for (var i = 0; i < pixels; i++) together[(i * rows.Classes) + of] = rows.Values[(of * pixels) + i];
        }

        return together;
    }
}
