using System.Runtime.InteropServices;

namespace Altar.Search;

/// <summary>Embedded photos that wait for their projection: their features lie in a file, since of a million photos they are gigabytes.</summary>
internal sealed class FeatureSpool : IDisposable
{
    private const int Chunk = 1024;

    private readonly List<EmbeddedPhoto> _photos = [];   // without their features
    private readonly int _length;
    private readonly FileStream _file;

    /// <param name="path">A file that is gone when this is disposed of.</param>
    /// <param name="length">Numbers of a feature.</param>
    public FeatureSpool(string path, int length)
    {
        _length = length;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
    }

    public void Add(EmbeddedPhoto photo)
    {
        _file.Write(MemoryMarshal.AsBytes<float>(photo.Feature));
        _photos.Add(photo with { Feature = [] });
    }

    /// <summary>The features, some at a time.</summary>
    public IEnumerable<IReadOnlyList<float[]>> Features() => Photos().Select(photo => photo.Feature).Chunk(Chunk);

    /// <summary>The photos with their features, in their order.</summary>
    public IEnumerable<EmbeddedPhoto> Photos()
    {
        _file.Position = 0;
        foreach (var photo in _photos)
        {
            var feature = new float[_length];
            _file.ReadExactly(MemoryMarshal.AsBytes(feature.AsSpan()));
            yield return photo with { Feature = feature };
        }
    }

    public void Dispose() => _file.Dispose();
}
