namespace Altar.Apps.Tests;

public sealed class CommandLineTests
{
    public static TheoryData<string> Verbs => [.. Cli.Verbs.Verb.All().Select(verb => verb.Name)];

    [Theory, MemberData(nameof(Verbs))]
    public void Help_of_every_verb_closes_with_an_example_of_it(string verb)
    {
        var run = CommandRun.Of(verb, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches($@"Examples?:\n(  .*\n)*  altar {verb}", run.Output);
        Assert.Empty(run.Errors);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void An_unknown_option_is_bad_input_and_the_nearest_one_is_named(string verb)
    {
        var run = CommandRun.Of(verb, "--jsn");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal($"altar {verb}: unknown option --jsn. Did you mean --json? 'altar {verb} --help' lists them all.\n", run.Errors);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void An_unknown_verb_is_bad_input_and_the_nearest_one_is_named()
    {
        var run = CommandRun.Of("docter");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("altar: unknown verb docter. Did you mean doctor? The verbs are ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_words_the_verbs_are_listed()
    {
        var run = CommandRun.Of();

        Assert.Equal(0, run.ExitCode);
        Assert.All(Cli.Verbs.Verb.All(), verb => Assert.Contains($"  {verb.Name} ", run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void With_json_an_error_is_an_object_too()
    {
        var run = CommandRun.Of("doctor", "surplus", "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'surplus'", run.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, run.Json.GetProperty("exit_code").GetInt32());
    }
}
