namespace Altar.Apps.Tests;

/// <summary>What <c>altar train</c> makes of its words, before anything is trained.</summary>
public sealed class TrainWordsTests
{
    [Fact]
    public void A_list_of_overrides_does_not_swallow_the_recipe()
    {
        Assert.Equal(["train", "--set", "a=1", "--set", "b.0=2", "recipe.yaml"], Cli.Words.SpreadOverrides(["train", "--set", "a=1", "b.0=2", "recipe.yaml"]));
        Assert.Equal(["--set", "a=1", "--json", "b=2"], Cli.Words.SpreadOverrides(["--set", "a=1", "--json", "b=2"]));
        Assert.Equal(["--set", "a=1", "--set", "b=2"], Cli.Words.SpreadOverrides(["--set", "a=1", "--set", "b=2"]));
    }

    [Fact]
    public void A_recipe_that_is_not_there_is_bad_input()
    {
        var run = CommandRun.Of("train", "nosuch.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nosuch.yaml", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--seed", "many", "--seed: 'many' is not a whole number.")]
    [InlineData("--max-time", "3", "--max-time: '3' is not a time. Write 90s, 30m or 2h.")]
    public void A_value_of_the_wrong_kind_is_bad_input_and_the_right_kind_is_named(string option, string value, string message)
    {
        using var folder = new TemporaryFolder();

        var run = CommandRun.Of("train", folder.Path, option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(message, run.Errors, StringComparison.Ordinal);
    }
}
