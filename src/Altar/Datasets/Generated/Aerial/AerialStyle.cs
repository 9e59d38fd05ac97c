using Altar.Tensors;

namespace Altar.Datasets.Generated.Aerial;

/// <summary>What the tiles of a city have in common: how it is built and how the light falls.</summary>
/// <remarks>Cities differ as those of the Inria set do, so that a score on cities that were not learnt from is worth a look.</remarks>
internal sealed record AerialStyle
{
    /// <summary>Direction of the streets, in radians.</summary>
    public required double Angle { get; init; }

    /// <summary>Distance of parallel streets, in pixels.</summary>
    public required double Block { get; init; }

    /// <summary>Share of the places along streets that are built on.</summary>
    public required double Density { get; init; }

    /// <summary>Share of large buildings among them.</summary>
    public required double Large { get; init; }

    /// <summary>Trees per 10 000 pixels.</summary>
    public required double Trees { get; init; }

    /// <summary>Share of bare ground, 0 to 1; the rest is green.</summary>
    public required double Bare { get; init; }

    /// <summary>Where shadows fall, in radians.</summary>
    public required double Light { get; init; }

    /// <summary>Length of a shadow by the height of what casts it.</summary>
    public required double ShadowLength { get; init; }

    /// <summary>Colours of roofs; all of them are colours of the ground, of roads or of courts too.</summary>
    public required IReadOnlyList<Tint> Roofs { get; init; }

    /// <summary>A city's style from its own seed.</summary>
    public static AerialStyle Draw(Seed seed)
    {
        var random = seed.ToRandom();
        var roofs = AllRoofs.ToArray();
        random.Shuffle(roofs);
        return new AerialStyle
        {
            Angle = random.NextDouble() * Math.PI,
            Block = Between(random, 150, 260),
            Density = Between(random, 0.45, 0.85),
            Large = Between(random, 0.05, 0.35),
            Trees = Between(random, 1.5, 6),
            Bare = Between(random, 0.15, 0.6),
            Light = Between(random, 0, Math.Tau),
            ShadowLength = Between(random, 0.5, 1.2),
            Roofs = roofs[..6],
        };
    }

    private static readonly Tint[] AllRoofs =
    [
        new(150, 84, 66), new(122, 66, 56), new(176, 120, 92), new(134, 130, 126), new(96, 98, 104), new(66, 66, 72),
        new(186, 182, 174), new(218, 214, 206), new(112, 122, 104), new(104, 90, 78), new(128, 138, 152), new(160, 148, 124),
    ];

    public static double Between(Random random, double low, double high) => low + ((high - low) * random.NextDouble());
}
