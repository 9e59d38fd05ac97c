using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Altar.Networks.Weights.Pickle;
using TorchSharp;

namespace Altar.Networks.Weights;

/// <summary>PyTorch's format before 1.6: pickles of a magic number, the version, the machine, the content and the storage keys, then the storages.</summary>
internal static class TorchLegacy
{
    private static readonly BigInteger Magic = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static TensorSet Read(Stream stream, string source)
    {
        if (PickleReader.Read(stream) is not BigInteger magic || magic != Magic) throw new InvalidDataException("it is a pickle, but not of PyTorch.");
        if (PickleReader.Read(stream) is not 1001L) throw new InvalidDataException("its version of the legacy format is unknown; load and save it with a newer PyTorch.");
        if (PickleReader.Read(stream) is not PickleDictionary machine || machine["little_endian"] is not true) throw new InvalidDataException("its numbers are big-endian; save it on a little-endian machine.");
        var root = PickleReader.Read(stream, out var storages);
        var keys = PickleReader.Read(stream) as List<object?> ?? throw PickleGlobals.Damaged();
        var places = Places(stream, keys, storages);
        return TorchTensors.Build(root, source, storage =>
        {
            stream.Position = places.TryGetValue(storage.Key, out var place) ? place : throw PickleGlobals.Damaged();
            return WeightsFile.ReadTensor(stream, stream.Length - place, storage.Type, [storage.Count], storage.Key);
        });
    }

    // The storages follow in the order of the keys, each behind its count.
    private static Dictionary<string, long> Places(Stream stream, List<object?> keys, IReadOnlyDictionary<string, StorageReference> storages)
    {
        Dictionary<string, long> places = [];
        Span<byte> count = stackalloc byte[8];
        foreach (var key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage)) throw PickleGlobals.Damaged();
            stream.ReadExactly(count);
            places[name] = stream.Position;
            var bytes = (Int128)storage.Count * storage.Type.ElementSize();
            if (BinaryPrimitives.ReadInt64LittleEndian(count) != storage.Count || bytes < 0 || bytes > stream.Length - stream.Position) throw new InvalidDataException($"storage {name} should have {storage.Count} elements; the file is not whole. Fetch it again.");
            stream.Position += (long)bytes;
        }

        return places;
    }
}
