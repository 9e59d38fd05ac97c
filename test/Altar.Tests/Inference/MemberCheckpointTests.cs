using Altar.Inference;
using Altar.Tensors;

namespace Altar.Tests.Inference;

public sealed class MemberCheckpointTests : IDisposable
{
    private readonly CheckpointsOnDisk _disk = new();

    public MemberCheckpointTests()
    {
        foreach (var name in new[] { "best", "last", "snapshot-1", "snapshot-2", "snapshot-10" })
        {
            Directory.CreateDirectory(_disk.Checkpoint("run", name));
            File.WriteAllText(Path.Combine(_disk.Checkpoint("run", name), "model.json"), "");
        }
    }

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void A_run_means_its_best()
    {
        Assert.Equal([new MemberCheckpoint("best", _disk.Checkpoint("run", "best"))], MemberCheckpoint.Find([_disk.Run("run")]));
    }

    [Fact]
    public void Snapshots_come_by_their_number()
    {
        var names = MemberCheckpoint.Find([_disk.Run("run")], ["last", "snapshots"]).Select(member => member.Name);

        Assert.Equal(["last", "snapshot-1", "snapshot-2", "snapshot-10"], names);
    }

    [Fact]
    public void A_folder_of_folds_means_all_of_its_runs()
    {
        foreach (var fold in new[] { "fold-1", "fold-2" })
        {
            Directory.CreateDirectory(_disk.Checkpoint($"folds/{fold}", "best"));
            File.WriteAllText(Path.Combine(_disk.Checkpoint($"folds/{fold}", "best"), "model.json"), "");
        }

        var folders = MemberCheckpoint.Find([_disk.Run("folds")]).Select(member => Path.GetRelativePath(_disk.Home, member.Folder));

        Assert.Equal(["folds/fold-1/checkpoints/best", "folds/fold-2/checkpoints/best"], folders);
    }

    [Fact]
    public void A_name_that_is_not_there_is_told_with_those_that_are()
    {
        var error = Assert.Throws<BadInputException>(() => MemberCheckpoint.Find([_disk.Run("run")], ["first"]));

        Assert.EndsWith("there is no checkpoint 'first'. There is best, last, snapshot-1, snapshot-10, snapshot-2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_snapshots_is_told_where_they_come_from()
    {
        Directory.CreateDirectory(_disk.Checkpoint("plain", "best"));
        File.WriteAllText(Path.Combine(_disk.Checkpoint("plain", "best"), "model.json"), "");

        Assert.Contains("`snapshots: true`; or name other checkpoints: best", Assert.Throws<BadInputException>(() => MemberCheckpoint.Find([_disk.Run("plain")], ["snapshots"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_named_twice_is_refused()
    {
        Assert.Contains("is named twice", Assert.Throws<BadInputException>(() => MemberCheckpoint.Find([_disk.Run("run"), _disk.Checkpoint("run", "best")])).Message, StringComparison.Ordinal);
    }
}
