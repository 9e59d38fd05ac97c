using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Tests.Training.Checkpoints;

public sealed class RunLockTests : IDisposable
{
    private readonly RunFolder _folder = new(Path.Combine(Path.GetTempPath(), $"altar-lock-{Guid.NewGuid():N}"));

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Fact]
    public void The_second_is_refused_and_told_who_is_the_first()
    {
        using var first = RunLock.Take(_folder);

        var error = Assert.Throws<BadInputException>(() => RunLock.Take(_folder));

        Assert.StartsWith($"{_folder.Path}: process {Environment.ProcessId} on {Environment.MachineName}, since 2", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("works in this run folder; wait for its end, end it, or choose another --out.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_back_it_can_be_taken_again_and_is_no_sign_of_a_run()
    {
        RunLock.Take(_folder).Dispose();

        using var second = RunLock.Take(_folder);

        Assert.Null(second.Stale);
        Assert.False(_folder.IsUsed);
    }

    [Fact]
    public void What_a_killed_process_left_is_recognised()
    {
        RunLock.Take(_folder).Dispose();
        File.WriteAllText(_folder.In("run.lock"), "process 41 on gpu-2, since 2026-05-01 12:00:00Z\n");

        using var taken = RunLock.Take(_folder);

        Assert.Equal("process 41 on gpu-2, since 2026-05-01 12:00:00Z", taken.Stale);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_named()
    {
        File.WriteAllText(_folder.Path, "");
        try
        {
            Assert.ThrowsAny<IOException>(() => RunLock.Take(_folder));
        }
        finally
        {
            File.Delete(_folder.Path);
            Directory.CreateDirectory(_folder.Path);
        }
    }
}
