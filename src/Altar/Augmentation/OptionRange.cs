using System.Globalization;
using Altar.Tensors;

namespace Altar.Augmentation;

/// <summary>Tells which key of the recipe holds a value outside of its range.</summary>
internal static class OptionRange
{
    public static void Check(string key, double value, double low, double high)
    {
        if (value >= low && value <= high) return;
        throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"augment: {key} is {value}; write a number from {low} to {high}."));
    }

    public static void CheckPair(string key, double min, double max, double low, double high)
    {
        Check($"{key}_min", min, low, high);
        Check($"{key}_max", max, low, high);
        CheckOrder($"{key}_min", min, $"{key}_max", max);
    }

    public static void CheckOrder(string minKey, double min, string maxKey, double max)
    {
        if (min <= max) return;
        throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"augment: {minKey} is {min}, above {maxKey}, {max}; exchange them."));
    }

    public static void CheckOdd(string key, int min, int max)
    {
        CheckPair(key, min, max, 3, 31);
        if (min % 2 == 0 || max % 2 == 0) throw new BadInputException($"augment: {key}_min and {key}_max are {min} and {max}; a kernel has an odd number of pixels.");
    }
}
