using System.CommandLine;
using System.Globalization;
using Altar.Cli.Output;
using Altar.Datasets;
using Altar.Datasets.Shards;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar shard</c>: many photos as few tar files, which stream from disk, a web server or S3.</summary>
internal sealed class ShardVerb : Verb
{
    private readonly Argument<string> _source = new("MANIFEST|FOLDER") { Description = "A manifest (.csv, .jsonl) or a folder with a folder a class. With --check or --index: the folder or address of shards." };
    private readonly Option<string?> _out = new("--out") { Description = "Where the shards and index.json are written.", HelpName = "DIR" };
    private readonly Option<string> _size = new("--size") { Description = "Largest length of a shard.", HelpName = "SIZE", DefaultValueFactory = _ => "500MB" };
    private readonly Option<string> _image = new("--image") { Description = "The manifest's column with the file.", HelpName = "COLUMN", DefaultValueFactory = _ => "image" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Decides the order in the shards.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _keepOrder = new("--keep-order") { Description = "Writes in the order of the list, not shuffled." };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads that read and check photos; 0: one for each processor.", HelpName = "COUNT" };
    private readonly Option<bool> _check = new("--check") { Description = "Writes nothing: reads every byte of shards and compares it with their index." };
    private readonly Option<bool> _index = new("--index") { Description = "Writes only the index of shards that another program wrote." };

    public ShardVerb() : base("shard", "Writes photos and their labels into tar files (WebDataset's convention) with an index, for sets of any size.",
        "altar shard train.csv --out shards --size 500MB", "altar shard shards --check", "altar shard s3://bucket/shards --check --json")
    {
        Add(_source);
        Add(_out);
        Add(_size);
        Add(_image);
        Add(_seed);
        Add(_keepOrder);
        Add(_threads);
        Add(_check);
        Add(_index);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var source = words.GetValue(_source)!;
        if (words.GetValue(_check) && words.GetValue(_index)) throw new BadInputException("--check and --index: name one of them.");
        if ((words.GetValue(_check) || words.GetValue(_index)) && words.GetValue(_out) is not null) throw new BadInputException("--out: with --check or --index nothing is written elsewhere. Leave it out.");
        if (words.GetValue(_check)) return Check(source, screen, interruption.Token);
        if (words.GetValue(_index)) return Index(source, screen, interruption.Token);
        var folder = words.GetValue(_out) ?? throw new BadInputException("--out is missing. Name the folder for the shards: altar shard train.csv --out shards.");
        return Write(source, folder, words, screen, interruption.Token);
    }

    private int Write(string source, string folder, ParseResult words, Screen screen, CancellationToken cancel)
    {
        var options = new ShardOptions
        {
            Bytes = ByteCount.Parse(words.GetValue(_size)!, "--size"),
            Shuffles = !words.GetValue(_keepOrder),
            Seed = new Seed(words.GetValue(_seed)),
            Threads = words.GetValue(_threads),
        };
        var setAside = new SetAside();
        using var progress = new ShardCount(screen, TimeProvider.System);
        var index = new ShardWriter(ShardRows.Open(source, words.GetValue(_image)!), folder, options, setAside).Write(progress, cancel);
        progress.Dispose();

        foreach (var skipped in setAside.Items) screen.Warn($"{skipped.Path} was set aside: {skipped.Reason}");
        Print(folder, index, screen);
        screen.Result(ToJson(folder, index, setAside));
        return ExitCode.Ok;
    }

    private static int Check(string source, Screen screen, CancellationToken cancel)
    {
        using var progress = new ShardCount(screen, TimeProvider.System);
        using var set = ShardSet.Open(source, cancel: cancel);
        set.Verify(progress, cancel);
        progress.Dispose();
        screen.Line($"{source}: {set.Index.Shards.Count} shards are as their index says.");
        Print(source, set.Index, screen);
        screen.Result(ToJson(source, set.Index, new SetAside()));
        return ExitCode.Ok;
    }

    private static int Index(string folder, Screen screen, CancellationToken cancel)
    {
        using var progress = new ShardCount(screen, TimeProvider.System);
        var index = ShardScan.Read(folder, progress, cancel);
        AtomicFile.WriteText(Path.Combine(folder, ShardIndex.FileName), index.ToJson());
        progress.Dispose();
        Print(folder, index, screen);
        screen.Result(ToJson(folder, index, new SetAside()));
        return ExitCode.Ok;
    }

    private static void Print(string folder, ShardIndex index, Screen screen)
    {
        screen.Line($"{index.Samples} pictures in {index.Shards.Count} shards, {ByteCount.Text(index.Bytes)}; the index is {folder.TrimEnd('/')}/{ShardIndex.FileName}");
        var table = Columns.Of(1, "column", "classes");
        foreach (var column in index.Columns) table.Add(column.Name, column.Values is { } values ? values.Count.ToString(CultureInfo.InvariantCulture) : $"more than {ShardColumn.MostValues}");
        screen.Write(table);
    }

    private static object ToJson(string folder, ShardIndex index, SetAside setAside) => new
    {
        Out = folder,
        Shards = index.Shards.Count,
        index.Samples,
        index.Bytes,
        Columns = index.Columns.Select(column => new { column.Name, Classes = column.Values?.Count }),
        SetAside = setAside.Count,
        SetAsideFiles = setAside.Items,
    };
}
