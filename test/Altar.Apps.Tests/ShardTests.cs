namespace Altar.Apps.Tests;

public sealed class ShardTests
{
    [Fact]
    public void Photos_are_written_checked_and_not_written_twice()
    {
        using var set = new TinySet(perClass: 4);
        var folder = set.At("shards");

        var written = CommandRun.Of("shard", set.Photos, "--out", folder, "--size", "30KB", "--json");
        var index = File.ReadAllText(Path.Combine(folder, "index.json"));
        var again = CommandRun.Of("shard", set.Photos, "--out", folder, "--size", "30KB");
        var check = CommandRun.Of("shard", folder, "--check", "--json");

        Assert.Equal(0, written.ExitCode);
        Assert.Equal(12, written.Json.GetProperty("samples").GetInt64());
        Assert.True(written.Json.GetProperty("shards").GetInt32() > 1);
        Assert.Equal(Directory.GetFiles(folder, "*.tar").Sum(path => new FileInfo(path).Length), written.Json.GetProperty("bytes").GetInt64());
        Assert.Equal(0, written.Json.GetProperty("set_aside").GetInt32());
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("12 pictures in", again.Output, StringComparison.Ordinal);
        Assert.Equal(0, check.ExitCode);
        Assert.Equal(index, File.ReadAllText(Path.Combine(folder, "index.json")));
    }

    [Fact]
    public void A_changed_shard_is_found_and_its_index_is_made_anew()
    {
        using var set = new TinySet(perClass: 2);
        var folder = set.At("shards");
        CommandRun.Of("shard", set.Photos, "--out", folder);
        File.Delete(Path.Combine(folder, "index.json"));

        var missing = CommandRun.Of("shard", folder, "--check");
        var made = CommandRun.Of("shard", folder, "--index", "--json");
        var bytes = File.ReadAllBytes(Path.Combine(folder, "shard-000000.tar"));
        bytes[600] ^= 1;
        File.WriteAllBytes(Path.Combine(folder, "shard-000000.tar"), bytes);
        var changed = CommandRun.Of("shard", folder, "--check");

        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("altar shard", missing.Errors, StringComparison.Ordinal);
        Assert.Equal(6, made.Json.GetProperty("samples").GetInt64());
        Assert.Equal(2, changed.ExitCode);
        Assert.Contains("its bytes were changed", changed.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--out is missing", "photos")]
    [InlineData("'huge' is no size", "photos", "--out", "shards", "--size", "huge")]
    [InlineData("name one of them", "photos", "--check", "--index")]
    [InlineData("Leave it out", "photos", "--check", "--out", "shards")]
    [InlineData("no such folder", "nowhere", "--out", "shards")]
    public void What_cannot_be_done_is_bad_input(string expected, params string[] words)
    {
        var run = CommandRun.Of(["shard", .. words]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }
}
