using Altar.Batching;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Training;

/// <summary>Small pictures with noise and stripes: upright ones are class 0, which is one in <paramref name="oneIn"/>, level ones class 1.</summary>
internal sealed class StripedPictures(int count, bool fixedView = true, int oneIn = 2, int side = 8) : ISampleSource
{
    public int Count => count;

    public PixelSize Size => PixelSize.Square(side);

    public int Channels => 3;

    public IReadOnlyList<long> TargetShape => [];

    public bool TryFill(int sample, Seed chance, Span<float> input, Span<long> target)
    {
        var random = (fixedView ? new Seed((ulong)sample) : chance).ToRandom();
        target[0] = sample % oneIn == 0 ? 0 : 1;
        for (var i = 0; i < input.Length; i++)
        {
            var place = target[0] == 0 ? i / 3 % side : i / 3 / side;
            input[i] = (place % 2) + (random.NextSingle() * 0.5f) - 0.25f;
        }

        return true;
    }
}
