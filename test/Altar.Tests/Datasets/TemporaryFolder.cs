namespace Altar.Tests.Datasets;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("altar-datasets-").FullName;

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = Of(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes files that only their names make pictures.</summary>
    public void Touch(params string[] names)
    {
        foreach (var name in names) Write(name, name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
