using System.Numerics;
using System.Runtime.InteropServices;

namespace Altar.Metrics;

/// <summary>How well masks agree, as counts of pixels: scores of tiles are summed, and shares taken at the end ("micro"), as the Inria benchmark does it.</summary>
/// <param name="Intersection">Building in the prediction and in truth.</param>
/// <param name="Union">Building in the prediction or in truth.</param>
/// <param name="Buildings">Building in truth.</param>
/// <param name="Pixels">All of them. The benchmark has 4.5 billion, more than 32 bits hold.</param>
public readonly record struct InriaScore(long Intersection, long Union, long Buildings, long Pixels)
{
    /// <summary>Pixels of which the prediction is right: all but those in the union and not in the intersection.</summary>
    public long Correct => Pixels - (Union - Intersection);

    /// <summary>Intersection over union of the buildings in percent, 0 to 100; higher is better. NaN where neither side has a building: nothing is known.</summary>
    public double IoU => Union == 0 ? double.NaN : 100.0 * Intersection / Union;

    /// <summary>Share of right pixels in percent, 0 to 100; higher is better. NaN without pixels.</summary>
    public double Accuracy => Pixels == 0 ? double.NaN : 100.0 * Correct / Pixels;

    /// <summary>The score of the prediction "no building anywhere" on the same pixels: IoU 0, accuracy 100 % less the share of buildings.</summary>
    public InriaScore OfNoBuilding => new(0, Buildings, Buildings, Pixels);

    /// <summary>Counts of both.</summary>
    /// <param name="other">Other pixels.</param>
    public InriaScore Plus(InriaScore other) =>
        new(Intersection + other.Intersection, Union + other.Union, Buildings + other.Buildings, Pixels + other.Pixels);

    /// <summary>Compares masks that hold 0 and 255 only.</summary>
    /// <param name="prediction">A byte a pixel.</param>
    /// <param name="truth">The same pixels in the same order.</param>
    /// <exception cref="ArgumentException">Different numbers of pixels.</exception>
    public static InriaScore Of(ReadOnlySpan<byte> prediction, ReadOnlySpan<byte> truth)
    {
        if (prediction.Length != truth.Length) throw new ArgumentException($"{prediction.Length} predicted pixels, {truth.Length} true ones", nameof(prediction));
        var guesses = MemoryMarshal.Cast<byte, ulong>(prediction);
        var truths = MemoryMarshal.Cast<byte, ulong>(truth);
        long both = 0, any = 0, buildings = 0;
        for (var i = 0; i < guesses.Length; i++)
        {
            both += BitOperations.PopCount(guesses[i] & truths[i]);
            any += BitOperations.PopCount(guesses[i] | truths[i]);
            buildings += BitOperations.PopCount(truths[i]);
        }

        for (var i = guesses.Length * sizeof(ulong); i < prediction.Length; i++)
        {
            both += BitOperations.PopCount((uint)(prediction[i] & truth[i]));
            any += BitOperations.PopCount((uint)(prediction[i] | truth[i]));
            buildings += BitOperations.PopCount(truth[i]);
        }

        const int BitsOfBuilding = 8;   // 255
        return new InriaScore(both / BitsOfBuilding, any / BitsOfBuilding, buildings / BitsOfBuilding, prediction.Length);
    }
}
