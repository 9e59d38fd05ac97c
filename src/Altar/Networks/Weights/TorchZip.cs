using System.IO.Compression;
using Altar.Networks.Weights.Pickle;
using static TorchSharp.torch;

namespace Altar.Networks.Weights;

/// <summary>PyTorch's format since 1.6: a zip of NAME/data.pkl and NAME/data/KEY.</summary>
internal static class TorchZip
{
    private const string Index = "data.pkl";

    // The index of 10,000 tensors has about 1 MB.
    private const long MaximumIndexBytes = 1 << 28;

    public static TensorSet Read(Stream stream, string source)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var index = zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith($"/{Index}", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"it is a zip without {Index}; no PyTorch file.");
        var folder = index.FullName[..^Index.Length];
        if (zip.GetEntry($"{folder}byteorder") is { } order && Text(order) != "little") throw new InvalidDataException("its numbers are big-endian; save it on a little-endian machine.");
        using var pickle = new MemoryStream(Content(index));
        return TorchTensors.Build(PickleReader.Read(pickle), source, storage => ReadStorage(zip, $"{folder}data/{storage.Key}", storage));
    }

    private static Tensor ReadStorage(ZipArchive zip, string path, StorageReference storage)
    {
        var entry = zip.GetEntry(path) ?? throw new InvalidDataException($"{path} is missing in it; it is damaged. Fetch it again.");
        Stored(entry);
        using var content = entry.Open();
        return storage.Count >= 0 ? WeightsFile.ReadTensor(content, entry.Length, storage.Type, [storage.Count], path) : throw PickleGlobals.Damaged();
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        Stored(entry);
        if (entry.Length > MaximumIndexBytes) throw new InvalidDataException($"{entry.FullName} has {entry.Length} bytes; no weights need that.");
        var bytes = new byte[entry.Length];
        using var content = entry.Open();
        content.ReadExactly(bytes);
        return bytes;
    }

    private static string Text(ZipArchiveEntry entry) => System.Text.Encoding.ASCII.GetString(Content(entry)).Trim();

    // PyTorch never compresses. What is stored cannot be larger than the file.
    private static void Stored(ZipArchiveEntry entry)
    {
        if (entry.Length != entry.CompressedLength) throw new InvalidDataException($"{entry.FullName} is compressed, which PyTorch does not do; unpack and save it again.");
    }
}
