using Altar.Training.Checkpoints;

namespace Altar.Tests.Training.Checkpoints;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("altar-").FullName;

    private string Folder => Path.Combine(_home, "last");

    [Fact]
    public void A_write_replaces_the_folder_as_a_whole()
    {
        Write("a", "1");
        Write("b", "2");

        Assert.Equal(["b"], Directory.GetFiles(Folder).Select(Path.GetFileName));
        Assert.Equal(["last"], Directory.GetDirectories(_home).Select(Path.GetFileName));
    }

    [Fact]
    public void A_failed_write_leaves_the_earlier_folder()
    {
        Write("a", "1");

        Assert.Throws<IOException>(() => AtomicFolder.Write(Folder, coming =>
        {
            File.WriteAllText(Path.Combine(coming, "a"), "half");
            throw new IOException("No space left on device");
        }));

        Assert.Equal("1", File.ReadAllText(Path.Combine(Folder, "a")));
        Assert.Equal(["last"], Directory.GetDirectories(_home).Select(Path.GetFileName));
    }

    [Fact]
    public void A_kill_between_the_two_renames_is_mended()
    {
        Write("a", "1");
        Directory.Move(Folder, Folder + ".going");            // the earlier one is set aside,
        Directory.CreateDirectory(Folder + ".coming");        // the new one not yet in its place

        AtomicFolder.Recover(Folder);

        Assert.Equal("1", File.ReadAllText(Path.Combine(Folder, "a")));
        Assert.Equal(["last"], Directory.GetDirectories(_home).Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private void Write(string name, string text) => AtomicFolder.Write(Folder, coming => File.WriteAllText(Path.Combine(coming, name), text));
}
