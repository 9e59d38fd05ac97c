namespace Altar.Apps.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void The_program_in_the_readme_is_the_sample_that_the_build_compiles()
    {
        var sample = File.ReadLines(Path.Combine(Repository.Root, "samples/PhotosToPrediction/Program.cs")).Where(line => !line.StartsWith("//", StringComparison.Ordinal));

        Assert.Contains(string.Join('\n', sample), File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_lists_every_verb()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        Assert.All(Cli.Verbs.Verb.All(), verb => Assert.Contains($"| `{verb.Name}", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void The_decisions_name_every_package()
    {
        var decisions = File.ReadAllText(Path.Combine(Repository.Root, "docs/decisions/0001-dependencies.md"));
        var packages = File.ReadLines(Path.Combine(Repository.Root, "Directory.Packages.props")).Where(line => line.Contains("<PackageVersion", StringComparison.Ordinal)).Select(line => line.Split('"')[1]);

        Assert.All(packages, package => Assert.Contains($"| {package} ", decisions, StringComparison.Ordinal));
    }
}
