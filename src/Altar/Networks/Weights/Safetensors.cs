using System.Buffers.Binary;
using System.Text.Json;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Networks.Weights;

/// <summary>The .safetensors format: the header's length (u64), a JSON header of names, types, shapes and offsets, then the numbers.</summary>
/// <remarks>https://github.com/huggingface/safetensors</remarks>
public static class Safetensors
{
    private const string MetadataKey = "__metadata__";

    // The format's own limit.
    private const int MaximumHeaderBytes = 100_000_000;

    private static readonly Dictionary<string, ScalarType> Types = new()
    {
        ["F64"] = ScalarType.Float64, ["F32"] = ScalarType.Float32, ["F16"] = ScalarType.Float16, ["BF16"] = ScalarType.BFloat16,
        ["I64"] = ScalarType.Int64, ["I32"] = ScalarType.Int32, ["I16"] = ScalarType.Int16, ["I8"] = ScalarType.Int8,
        ["U8"] = ScalarType.Byte, ["BOOL"] = ScalarType.Bool,
    };

    /// <summary>Writes tensors and texts: the same content gives the same bytes, with no time in it.</summary>
    /// <param name="path">Whole afterwards, or as it was.</param>
    /// <param name="tensors">By name; of any device and layout.</param>
    /// <param name="metadata">Texts to go along. Default none.</param>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes to a stream; see <see cref="Write(string, IReadOnlyDictionary{string, Tensor}, IReadOnlyDictionary{string, string}?)"/>.</summary>
    /// <param name="stream">Stays open.</param>
    /// <param name="tensors">By name; of any device and layout.</param>
    /// <param name="metadata">Texts to go along. Default none.</param>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        // Wide elements first, as the reference has it: every tensor is aligned.
        var ordered = tensors.OrderByDescending(entry => entry.Value.ElementSize).ThenBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        var header = Header(ordered, metadata ?? new Dictionary<string, string>());
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in ordered)
        {
            using var scope = NewDisposeScope();
            var plain = tensor.detach().cpu().contiguous();   // the span below does not keep it alive
            stream.Write(plain.bytes);
        }
    }

    /// <summary>Reads a file; <see cref="WeightsFile.Read(string)"/> also tells other formats apart.</summary>
    /// <param name="stream">The file, from its start.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    internal static TensorSet Read(Stream stream, string source)
    {
        using var scope = NewDisposeScope();
        var (entries, metadata) = ReadHeader(stream);
        Dictionary<string, Tensor> tensors = [];
        var end = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Start))
        {
            // The format allows neither holes nor overlaps: what is not a tensor cannot hide.
            if (entry.Start != end) throw new InvalidDataException($"'{entry.Name}' starts at {entry.Start} where {end} is due; the header is damaged.");
            end = entry.End;
            tensors[entry.Name] = WeightsFile.ReadTensor(stream, entry.End - entry.Start, entry.Type, entry.Shape, entry.Name);
            if (tensors[entry.Name].bytes.Length != entry.End - entry.Start) throw new InvalidDataException($"'{entry.Name}' has {entry.End - entry.Start} bytes, its shape asks for {tensors[entry.Name].bytes.Length}.");
        }

        if (stream.Position != stream.Length) throw new InvalidDataException($"{stream.Length - stream.Position} bytes follow the last tensor.");
        foreach (var tensor in tensors.Values) tensor.DetachFromDisposeScope();
        return new(source, new Dictionary<string, Tensor>(TensorSet.WithoutModulePrefix(tensors)), metadata);
    }

    private static byte[] Header(List<KeyValuePair<string, Tensor>> ordered, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, text) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal)) json.WriteString(key, text);
                json.WriteEndObject();
            }

            var start = 0L;
            foreach (var (name, tensor) in ordered) start = WriteEntry(json, name, tensor, start);
            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long start)
    {
        var type = Types.FirstOrDefault(known => known.Value == tensor.dtype).Key ?? throw new ArgumentException($"{name}: {tensor.dtype} has no place in .safetensors.");
        var end = start + tensor.numel() * tensor.ElementSize;
        json.WriteStartObject(name);
        json.WriteString("dtype", type);
        json.WriteStartArray("shape");
        foreach (var side in tensor.shape) json.WriteNumberValue(side);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }

    private static (List<Entry> Entries, Dictionary<string, string> Metadata) ReadHeader(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumHeaderBytes || length > (ulong)(stream.Length - 8)) throw new InvalidDataException($"its header claims {length} bytes, the file has {stream.Length - 8}; it is damaged. Fetch it again.");
        var header = new byte[length];
        stream.ReadExactly(header);
        try
        {
            return Parse(header, stream.Length - stream.Position);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"its header is damaged: {error.Message}", error);
        }
    }

    private static (List<Entry> Entries, Dictionary<string, string> Metadata) Parse(byte[] header, long dataBytes)
    {
        using var json = JsonDocument.Parse(header);
        Dictionary<string, string> metadata = [];
        List<Entry> entries = [];
        HashSet<string> names = [];
        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (!names.Add(property.Name)) throw new JsonException($"'{property.Name}' comes twice");
            if (property.Name == MetadataKey) metadata = property.Value.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString() ?? "");
            else entries.Add(Entry.Parse(property.Name, property.Value, dataBytes));
        }

        return (entries, metadata);
    }

    private sealed record Entry(string Name, ScalarType Type, long[] Shape, long Start, long End)
    {
        public static Entry Parse(string name, JsonElement json, long dataBytes)
        {
            var text = json.GetProperty("dtype").GetString() ?? "";
            if (!Types.TryGetValue(text, out var type)) throw new JsonException($"'{name}' has the type {text}; known are {string.Join(", ", Types.Keys)}");
            long[] shape = [.. json.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
            if (shape.Length > 16 || shape.Any(side => side < 0)) throw new JsonException($"'{name}' has the shape [{string.Join(", ", shape.Take(17))}]");
            long[] offsets = [.. json.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
            return offsets is [>= 0, var end] && end >= offsets[0] && end <= dataBytes
                ? new(name, type, shape, offsets[0], end)
                : throw new JsonException($"'{name}' lies at [{string.Join(", ", offsets.Take(3))}], the file has {dataBytes} bytes of tensors; it is damaged. Fetch it again.");
        }
    }
}
