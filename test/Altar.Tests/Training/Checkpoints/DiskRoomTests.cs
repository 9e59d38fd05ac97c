using Altar.Training.Checkpoints;

namespace Altar.Tests.Training.Checkpoints;

public class DiskRoomTests
{
    [Fact]
    public void What_fits_is_allowed() => DiskRoom.Require("run", 1000, _ => 1000);

    [Fact]
    public void What_does_not_fit_is_refused_with_both_sizes_and_the_cure()
    {
        var error = Assert.Throws<IOException>(() => DiskRoom.Require("run/checkpoints", 3 << 20, _ => 1 << 20));

        Assert.Equal("run/checkpoints: the next checkpoint needs 3.0 MiB, and its disk has 1.0 MiB free (checkpoint.keep says which old ones are kept).", error.Message);
    }

    [Fact]
    public void A_folder_that_is_not_there_yet_is_asked_for_at_its_parent() =>
        Assert.InRange(DiskRoom.Free(Path.Combine(Path.GetTempPath(), "no", "such", "folder")), 1, long.MaxValue - 1);
}
