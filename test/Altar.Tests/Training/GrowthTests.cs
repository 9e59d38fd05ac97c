using Altar.Tests.Reports;
using Altar.Training;

namespace Altar.Tests.Training;

public class GrowthTests
{
    [Fact]
    public void Three_rises_of_the_tensors_are_a_leak() => Assert.Equal(
        "stage 'all': live tensors grew in each of its last 3 epochs, from 100 to 103. Something is not freed; a long run would run out of memory.",
        Growth.Find("all", Epochs(tensors: [200, 100, 101, 102, 103])));

    [Theory]
    [InlineData(new long[] { 100, 101, 102 })]              // two rises
    [InlineData(new long[] { 100, 101, 101, 102, 103 })]    // not in a row
    [InlineData(new long[] { 103, 102, 101, 100 })]
    public void Fewer_are_none(long[] tensors) => Assert.Null(Growth.Find("all", Epochs(tensors)));

    [Fact]
    public void Weights_that_join_later_may_bring_tensors() => Assert.Null(Growth.Find("all", Epochs([1, 2, 3, 4]), gainsTensors: true));

    [Theory]
    [InlineData(1000, 1030, 1060, 1100, true)]
    [InlineData(1000, 1015, 1030, 1060, false)]     // 60 MiB in all
    [InlineData(9000, 9040, 9080, 9120, false)]     // less than a hundredth each time
    [InlineData(1000, 1200, 1150, 1300, false)]     // a fall in between
    public void Memory_must_grow_by_much_and_each_time(double first, double second, double third, double fourth, bool grows)
    {
        double[] memory = [first, second, third, fourth];
        var rows = memory.Select((mib, index) => FakeRun.Epoch(index + 1) with { MemoryMiB = mib, LiveTensors = 7 }).ToList();

        Assert.Equal(grows, Growth.Find("all", rows) is { } text && text.Contains("from 1000 to 1100 MiB", StringComparison.Ordinal));
    }

    private static List<EpochRecord> Epochs(long[] tensors) => [.. tensors.Select((count, index) => FakeRun.Epoch(index + 1) with { LiveTensors = count })];
}
