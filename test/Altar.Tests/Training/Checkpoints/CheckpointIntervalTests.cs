using Altar.Training.Checkpoints;

namespace Altar.Tests.Training.Checkpoints;

public class CheckpointIntervalTests
{
    [Fact]
    public void Steps_and_times_are_told_apart_by_their_unit()
    {
        Assert.Equal(new CheckpointInterval(200, null), CheckpointInterval.Parse("200"));
        Assert.Equal(new CheckpointInterval(null, TimeSpan.FromMinutes(10)), CheckpointInterval.Parse("10m"));
        Assert.Equal(new CheckpointInterval(null, TimeSpan.FromSeconds(1.5)), CheckpointInterval.Parse("1.5s"));
        Assert.Equal(new CheckpointInterval(null, TimeSpan.FromHours(2)), CheckpointInterval.Parse("2h"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("2.5")]
    [InlineData("10x")]
    public void Anything_else_is_refused_with_the_cure(string text)
    {
        var error = Assert.Throws<FormatException>(() => CheckpointInterval.Parse(text));

        Assert.Equal($"'{text}' is no interval; write steps as 200, or minutes as 10m.", error.Message);
    }

    [Fact]
    public void It_is_over_after_its_steps_or_its_time()
    {
        Assert.False(CheckpointInterval.Parse("3").IsOver(2, TimeSpan.FromDays(1)));
        Assert.True(CheckpointInterval.Parse("3").IsOver(3, TimeSpan.Zero));
        Assert.False(CheckpointInterval.Parse("3s").IsOver(1000, TimeSpan.FromSeconds(2.9)));
        Assert.True(CheckpointInterval.Parse("3s").IsOver(0, TimeSpan.FromSeconds(3)));
    }
}
