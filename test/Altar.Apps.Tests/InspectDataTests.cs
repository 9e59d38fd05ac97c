using OpenCvSharp;

namespace Altar.Apps.Tests;

public sealed class InspectDataTests
{
    [Fact]
    public void A_set_is_counted_its_damage_and_copies_are_listed_and_drawn()
    {
        using var folder = new TemporaryFolder();
        Photo(folder, "cat/1.png", seed: 1);
        Photo(folder, "cat/2.png", seed: 2);
        Photo(folder, "dog/3.png", seed: 3);
        File.Copy(folder.File("cat/1.png"), folder.File("dog/copy.png"));
        File.WriteAllText(folder.File("dog/text.jpg"), "no photo");

        var run = CommandRun.Of("inspect-data", folder.Path, "--out", folder.File("seen"), "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(5, run.Json.GetProperty("pictures").GetInt32());
        Assert.Equal(["cat 2", "dog 3"], run.Json.GetProperty("classes").EnumerateArray().Select(one => $"{one.GetProperty("name")} {one.GetProperty("pictures")}"));
        Assert.EndsWith("text.jpg", run.Json.GetProperty("damaged")[0].GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, run.Json.GetProperty("same_files")[0].GetArrayLength());
        Assert.Equal(1, run.Json.GetProperty("conflicts").GetArrayLength());
        var page = run.Json.GetProperty("page").GetString()!;
        Assert.All([page, Path.Combine(Path.GetDirectoryName(page)!, "contact.jpg"), Path.Combine(Path.GetDirectoryName(page)!, "augmented-hard.jpg")], file => Assert.True(File.Exists(file), file));
    }

    [Fact]
    public void A_folder_without_photos_is_bad_input()
    {
        using var folder = new TemporaryFolder();

        var run = CommandRun.Of("inspect-data", folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no photos", run.Errors, StringComparison.Ordinal);
    }

    private static void Photo(TemporaryFolder folder, string name, int seed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        var pixels = new byte[40 * 60 * 3];
        new Altar.Tensors.Seed((ulong)seed).ToRandom().NextBytes(pixels);
        using var photo = Mat.FromPixelData(40, 60, MatType.CV_8UC3, pixels);
        Cv2.ImWrite(folder.File(name), photo);
    }
}
