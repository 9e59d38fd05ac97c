using Altar.Inference;
using Altar.Tensors;

namespace Altar.Tests.Inference;

public sealed class CheckpointPathTests : IDisposable
{
    private readonly ColourPictures _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_run_means_its_best_checkpoint()
    {
        _files.WriteText("checkpoints/best/model.json");
        _files.WriteText("checkpoints/last/model.json");

        Assert.Equal(Path.Combine(_files.Folder, "checkpoints", "best"), CheckpointPath.Find(_files.Folder));
    }

    [Fact]
    public void A_checkpoint_means_itself()
    {
        _files.WriteText("model.json");

        Assert.Equal(_files.Folder, CheckpointPath.Find(_files.Folder));
    }

    [Theory]
    [InlineData("checkpoints/last/model.json", "the run has no best checkpoint yet; resume it, or name ")]
    [InlineData("notes.txt", "neither a checkpoint (model.json is missing) nor a run (checkpoints/best/model.json is missing).")]
    public void What_was_looked_for_is_named(string file, string message)
    {
        _files.WriteText(file);

        Assert.Contains(message, Assert.Throws<BadInputException>(() => CheckpointPath.Find(_files.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_and_a_folder_that_is_not_there_are_told_apart()
    {
        var file = _files.WriteText("model.safetensors").Path;

        Assert.Contains("is a file; name the checkpoint folder", Assert.Throws<BadInputException>(() => CheckpointPath.Find(file)).Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Throws<BadInputException>(() => CheckpointPath.Find("nowhere")).Message, StringComparison.Ordinal);
    }
}
