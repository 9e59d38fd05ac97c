using Altar.Inference;
using Altar.Tensors;

namespace Altar.Tests.Inference;

public sealed class PictureFilesTests : IDisposable
{
    private readonly ColourPictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void A_folder_is_listed_with_the_folders_below_it()
    {
        foreach (var name in new[] { "b.JPG", "a.png", "sub/deep/c.webp", "notes.txt", ".hidden.png" }) _pictures.WriteText(name);

        var paths = PictureFiles.List(_pictures.Folder).Select(sample => Path.GetRelativePath(_pictures.Folder, sample.Path));

        Assert.Equal(["a.png", "b.JPG", Path.Combine("sub", "deep", "c.webp")], paths);
    }

    [Fact]
    public void A_file_is_taken_by_any_name()
    {
        var file = _pictures.WriteText("upload.tmp");

        Assert.Equal([file], PictureFiles.List(file.Path));
    }

    [Fact]
    public void Nothing_to_look_at_is_bad_input()
    {
        _pictures.WriteText("notes.txt");

        Assert.Contains("no photos", Assert.Throws<BadInputException>(() => PictureFiles.List(_pictures.Folder)).Message, StringComparison.Ordinal);
        Assert.Contains("no such file or folder", Assert.Throws<BadInputException>(() => PictureFiles.List("nowhere")).Message, StringComparison.Ordinal);
    }
}
