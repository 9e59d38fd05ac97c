using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Tensors;

/// <summary>Turns the name of a device into a device that is there.</summary>
public static class DeviceChoice
{
    /// <summary>Reads "auto" (the first GPU, else the CPU), "cpu", "cuda" or "cuda:N".</summary>
    /// <param name="text">The name; letter case does not matter.</param>
    /// <exception cref="BadInputException">No such name, or the machine has no such GPU.</exception>
    public static Device Parse(string text) =>
        Gpu(text, cuda.is_available() ? cuda.device_count() : 0) is { } index ? device(DeviceType.CUDA, index) : CPU;

    /// <summary>The GPU that a name means on a machine with so many of them; null means the CPU.</summary>
    internal static int? Gpu(string text, int gpus)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant() switch
        {
            "cpu" => null,
            "auto" => gpus > 0 ? 0 : null,
            "cuda" => Existing(0, gpus),
            ['c', 'u', 'd', 'a', ':', .. var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => Existing(index, gpus),
            _ => throw new BadInputException($"'{text}' is no device; write auto, cpu, or cuda:0."),
        };
    }

    private static int Existing(int index, int gpus) =>
        index < gpus ? index
        : gpus == 0 ? throw new BadInputException($"cuda:{index} was asked for, but no CUDA GPU can be used here; write auto or cpu, and see altar doctor for the cause.")
        : throw new BadInputException($"cuda:{index} was asked for, but the GPUs here are cuda:0 to cuda:{gpus - 1}.");
}
