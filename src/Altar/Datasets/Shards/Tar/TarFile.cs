using System.Security.Cryptography;

namespace Altar.Datasets.Shards.Tar;

/// <summary>Writes a tar archive, the same for the same files, and takes its checksum on the way.</summary>
internal sealed class TarFile(Stream stream) : IDisposable
{
    private static readonly byte[] Zeros = new byte[2 * TarHeader.Block];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _header = new byte[TarHeader.Block];

    /// <summary>Bytes so far; <see cref="End"/> adds two blocks.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes that files of these lengths take.</summary>
    public static long Room(params ReadOnlySpan<int> lengths)
    {
        long room = 0;
        foreach (var length in lengths) room += TarHeader.Block + new TarHeader("", length, '0').Padded;
        return room;
    }

    public void Add(string name, ReadOnlySpan<byte> file)
    {
        TarHeader.Write(_header, name, file.Length);
        Write(_header);
        Write(file);
        Write(Zeros.AsSpan(0, (int)(new TarHeader(name, file.Length, '0').Padded - file.Length)));
    }

    /// <summary>Ends the archive.</summary>
    /// <returns>The checksum of all of it, in hex.</returns>
    public string End()
    {
        Write(Zeros);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _hash.AppendData(bytes);
        Bytes += bytes.Length;
    }
}
