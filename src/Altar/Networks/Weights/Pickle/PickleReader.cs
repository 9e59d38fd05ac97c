using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Altar.Networks.Weights.Pickle;

/// <summary>Reads the pickles of weights files (protocols 2 to 4) into plain values. It runs nothing: names outside <see cref="PickleGlobals"/> are errors.</summary>
/// <remarks>Opcodes: CPython's Lib/pickletools.py. Every length is checked against the rest of the stream before memory is asked for.</remarks>
internal sealed class PickleReader(Stream stream)
{
    private static readonly object Mark = new();
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];

    private readonly Dictionary<string, StorageReference> _storages = [];

    /// <summary>Reads one pickle and leaves the stream behind it.</summary>
    /// <exception cref="InvalidDataException">Damaged, or it names what is not allowed.</exception>
    public static object? Read(Stream stream) => Read(stream, out _);

    /// <summary>Reads one pickle and tells which storages it refers to, by key.</summary>
    /// <exception cref="InvalidDataException">Damaged, or it names what is not allowed.</exception>
    public static object? Read(Stream stream, out IReadOnlyDictionary<string, StorageReference> storages)
    {
        var reader = new PickleReader(stream);
        storages = reader._storages;
        while (true)
        {
            var code = (char)reader.Byte();
            if (code == '.') return reader.Pop();
            reader.Do(code);
        }
    }

    private void Do(char code)
    {
        if (!DoConstant(code) && !DoContainer(code) && !DoMemo(code)) DoObject(code);
    }

    private bool DoConstant(char code)
    {
        switch (code)
        {
            case 'N': Push(null); break;
            case '\x88': Push(true); break;
            case '\x89': Push(false); break;
            case 'K': Push((long)Byte()); break;
            case 'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
            case 'J': Push((long)Int32()); break;
            case '\x8a': PushLong(Byte()); break;
            case '\x8b': PushLong(Int32()); break;
            case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;
            case 'X' or 'T': Push(Text(UInt32())); break;
            case '\x8c' or 'U': Push(Text(Byte())); break;
            case '\x8d': Push(Text(BinaryPrimitives.ReadInt64LittleEndian(Bytes(8)))); break;
            case 'C': Push(Bytes(Byte())); break;
            case 'B': Push(Bytes(UInt32())); break;
            default: return false;
        }

        return true;
    }

    private bool DoContainer(char code)
    {
        switch (code)
        {
            case '(': Push(Mark); break;
            case '}': Push(new PickleDictionary()); break;
            case ']': Push(new List<object?>()); break;
            case ')': Push(new PickleTuple([])); break;
            case 't': Push(new PickleTuple(PopToMark())); break;
            case '\x85': Push(new PickleTuple(Pop(1))); break;
            case '\x86': Push(new PickleTuple(Pop(2))); break;
            case '\x87': Push(new PickleTuple(Pop(3))); break;
            case 'l': Push(PopToMark()); break;
            case 'd': AddPairs(new PickleDictionary(), PopToMark(), push: true); break;
            case 'a': Append(Pop(1)); break;
            case 'e': Append(PopToMark()); break;
            case 's': SetItems(Pop(2)); break;
            case 'u': SetItems(PopToMark()); break;
            default: return false;
        }

        return true;
    }

    private bool DoMemo(char code)
    {
        switch (code)
        {
            case '\x80': Protocol(Byte()); break;
            case '\x95': Bytes(8); break;                       // FRAME: a hint for buffering
            case 'q': _memo[Byte()] = Top(); break;
            case 'r': _memo[UInt32()] = Top(); break;
            case '\x94': _memo[_memo.Count] = Top(); break;
            case 'h': Push(Remembered(Byte())); break;
            case 'j': Push(Remembered(UInt32())); break;
            case '0': Pop(); break;
            default: return false;
        }

        return true;
    }

    private void DoObject(char code)
    {
        switch (code)
        {
            case 'c': Push(PickleGlobals.Admit(Line(), Line())); break;
            case '\x93': Push(Pop(2) is [string module, string name] ? PickleGlobals.Admit(module, name) : throw PickleGlobals.Damaged()); break;
            case 'Q': Push(Known(PickleGlobals.Storage(Pop()))); break;
            case 'R': var call = Pop(2); Push(PickleGlobals.Apply(call[0], call[1])); break;
            case 'b': Build(Pop()); break;
            default: throw new InvalidDataException($"its pickle has the opcode 0x{(int)code:x2}, which weights do not need; it is damaged or holds more than weights.");
        }
    }

    // Views of one storage share its type and count.
    private StorageReference Known(StorageReference storage)
    {
        var first = _storages.GetValueOrDefault(storage.Key) ?? (_storages[storage.Key] = storage);
        return first.Type == storage.Type && first.Count == storage.Count ? storage : throw PickleGlobals.Damaged();
    }

    // Attributes of an OrderedDict (_metadata: versions of the modules) do not matter here.
    private void Build(object? state)
    {
        if (Top() is not PickleDictionary || state is not (PickleDictionary or PickleTuple)) throw PickleGlobals.Damaged();
    }

    private void Append(List<object?> items) => (Top() as List<object?> ?? throw PickleGlobals.Damaged()).AddRange(items);

    private void SetItems(List<object?> items) => AddPairs(Top() as PickleDictionary ?? throw PickleGlobals.Damaged(), items, push: false);

    private void AddPairs(PickleDictionary dictionary, List<object?> items, bool push)
    {
        if (items.Count % 2 != 0) throw PickleGlobals.Damaged();
        for (var i = 0; i < items.Count; i += 2) dictionary.Pairs.Add(KeyValuePair.Create(items[i], items[i + 1]));
        if (push) Push(dictionary);
    }

    private static void Protocol(int version)
    {
        if (version is < 2 or > 5) throw new InvalidDataException($"its pickle has the protocol {version}; 2 to 5 are known.");
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Top() => _stack.Count > 0 && !ReferenceEquals(_stack[^1], Mark) ? _stack[^1] : throw PickleGlobals.Damaged();

    private object? Pop() => Pop(1)[0];

    private List<object?> Pop(int count)
    {
        if (_stack.Count < count) throw PickleGlobals.Damaged();
        var items = _stack[^count..];
        if (items.Contains(Mark)) throw PickleGlobals.Damaged();
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private List<object?> PopToMark()
    {
        var mark = _stack.LastIndexOf(Mark);
        if (mark < 0) throw PickleGlobals.Damaged();
        var items = _stack[(mark + 1)..];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private object? Remembered(long index) => _memo.TryGetValue(index, out var value) ? value : throw PickleGlobals.Damaged();

    private byte Byte() => stream.ReadByte() is >= 0 and var value ? (byte)value : throw new EndOfStreamException("its pickle ends early; it is not whole. Fetch it again.");

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    private byte[] Bytes(long count)
    {
        if (count < 0 || count > stream.Length - stream.Position) throw new InvalidDataException($"its pickle claims {count} bytes where {stream.Length - stream.Position} are left; it is damaged. Fetch it again.");
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private string Text(long length) => Encoding.UTF8.GetString(Bytes(length));

    // Counts and offsets fit 64 bits; only the legacy file's magic number is longer, and is compared as a number.
    private void PushLong(int length)
    {
        if (length is < 0 or > 16) throw PickleGlobals.Damaged();
        var value = new BigInteger(Bytes(length));
        if (value < long.MinValue || value > long.MaxValue) Push(value);
        else Push((long)value);
    }

    private string Line()
    {
        var text = new StringBuilder();
        for (var letter = Byte(); letter != '\n'; letter = Byte())
        {
            if (text.Length == 256) throw PickleGlobals.Damaged();
            text.Append((char)letter);
        }

        return text.ToString();
    }
}
