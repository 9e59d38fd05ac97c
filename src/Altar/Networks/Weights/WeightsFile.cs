using System.Buffers.Binary;
using Altar.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Networks.Weights;

/// <summary>Reads a weights file of any kind that Altar knows, by what it begins with, not by its ending.</summary>
public static class WeightsFile
{
    /// <summary>Reads .safetensors and PyTorch's files, zip (since 1.6) and legacy. A file claims nothing that is not checked against its length first.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Names without "module."; the caller disposes it.</returns>
    /// <exception cref="BadInputException">No such file, damaged, or of another kind.</exception>
    public static TensorSet Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return Read(stream, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new BadInputException($"{path}: the weights cannot be read: {error.Message}", error);
        }
    }

    private static TensorSet Read(FileStream stream, string path)
    {
        Span<byte> start = stackalloc byte[9];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (length < start.Length) throw new InvalidDataException($"it has {length} bytes; it is not whole. Fetch it again.");
        // First, since the length of its header may begin with any byte, also with that of a pickle.
        if (start[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(start) < int.MaxValue) return Safetensors.Read(stream, path);
        if (start.StartsWith("PK\u0003\u0004"u8)) return TorchZip.Read(stream, path);
        if (start[0] == 0x80) return TorchLegacy.Read(stream, path);
        throw new InvalidDataException("it is neither .safetensors nor a PyTorch file (zip or legacy).");
    }

    /// <summary>Space for a tensor's numbers, after the check that the file has as many bytes.</summary>
    /// <exception cref="InvalidDataException">More than the file has, or more than 2 GiB.</exception>
    internal static Tensor ReadTensor(Stream stream, long available, ScalarType type, long[] shape, string name)
    {
        var bytes = shape.Aggregate((Int128)type.ElementSize(), (product, side) => product > long.MaxValue ? product : product * side);
        if (bytes > available) throw new InvalidDataException($"'{name}' needs {bytes} bytes, the file has {available}; it is damaged. Fetch it again.");
        if (bytes > int.MaxValue) throw new InvalidDataException($"'{name}' has more than 2 GiB.");
        var tensor = empty(shape, type);
        stream.ReadExactly(tensor.bytes);
        return tensor;
    }
}
