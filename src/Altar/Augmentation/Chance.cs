namespace Altar.Augmentation;

/// <summary>The distributions that augmentations draw from.</summary>
internal static class Chance
{
    public static bool Happens(this Random random, double probability) => random.NextDouble() < probability;

    public static double Between(this Random random, double min, double max) => min + ((max - min) * random.NextDouble());

    public static double Around(this Random random, double radius) => random.Between(-radius, radius);

    public static int Odd(this Random random, int min, int max) => min + (2 * random.Next(((max - min) / 2) + 1));
}
