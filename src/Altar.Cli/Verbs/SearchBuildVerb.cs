using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Altar.Cli.Output;
using Altar.Datasets;
using Altar.Images;
using Altar.Networks;
using Altar.Search;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar search build</c>: puts photos into an index.</summary>
internal sealed class SearchBuildVerb : Verb
{
    private readonly Argument<string?> _network = new("RUN|NETWORK") { Description = "A run or checkpoint folder; or a network's name, with --weights. Not needed with --add.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _images = new("--images") { Description = "Photos: a folder, a manifest (.csv, .jsonl) or shards; the columns go into the index.", HelpName = "FOLDER|MANIFEST|SHARDS", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "The index: a folder, or postgresql://user@host/database?table=NAME.", HelpName = "INDEX", Required = true };
    private readonly Option<bool> _add = new("--add") { Description = "Adds to the index that is there; photos that are in it already are replaced." };
    private readonly Option<string?> _imageColumn = new("--image-column") { Description = "The manifest's column with the file. Default: the run's, else image.", HelpName = "COLUMN" };
    private readonly Option<string?> _kind = new("--kind") { Description = "exact or hnsw. Default: exact up to 20000 photos.", HelpName = "KIND" };
    private readonly Option<string?> _scalar = new("--scalar") { Description = "How numbers are kept: f32, f16 (default) or i8.", HelpName = "KIND" };
    private readonly Option<int?> _dimensions = new("--dimensions") { Description = "Numbers to keep of each feature, by PCA. Default: all.", HelpName = "N" };
    private readonly Option<bool> _whiten = new("--whiten") { Description = "Makes all directions of the PCA count alike." };
    private readonly Option<int?> _connectivity = new("--connectivity") { Description = "Neighbours that each vector keeps in the graph.", HelpName = "N" };
    private readonly Option<int?> _expansionAdd = new("--expansion-add") { Description = "Candidates looked at while a vector is added to the graph.", HelpName = "N" };
    private readonly Option<string?> _weights = new("--weights") { Description = "Of a network by name: published (default), none, or a file (.safetensors, .pth).", HelpName = "FILE" };
    private readonly Option<string?> _preprocessing = new("--preprocessing") { Description = "Of a network by name: imagenet (default) or tensorflow.", HelpName = "NAME" };
    private readonly Option<string?> _padding = new("--padding") { Description = "Of a network by name: torch (default) or tensorflow.", HelpName = "NAME" };
    private readonly Option<string?> _size = new("--size") { Description = "Of a network by name: input size; 224, or 224x320 for height x width. Default: what it was made for.", HelpName = "SIZE" };

    public SearchBuildVerb() : base("build", "Puts photos into an index, or adds them to one.",
        "altar search build runs/quickstart-1 --images photos --out photos.index", "altar search build --add --images more.csv --out photos.index",
        "altar search build resnet34 --images photos --out photos.index --dimensions 256 --scalar i8")
    {
        Add(_network);
        foreach (var option in (Option[])[_images, _out, _add, _imageColumn, _kind, _scalar, _dimensions, _whiten, _connectivity, _expansionAdd, SearchOptions.Expansion, _weights, _preprocessing, _padding, _size, RecipeOptions.Device, InferenceOptions.Batch, InferenceOptions.Threads])
        {
            Add(option);
        }
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var clock = Stopwatch.StartNew();
        var setAside = new SetAside();
        using var index = words.GetValue(_add) ? Extended(words, screen, setAside, interruption.Token) : Built(words, screen, setAside, interruption.Token);
        var seconds = clock.Elapsed.TotalSeconds;

        foreach (var skipped in setAside.Items) screen.Warn($"{skipped.Path} was skipped: {skipped.Reason}");
        screen.Line(string.Create(CultureInfo.InvariantCulture,
            $"{index.Count} photos are in {index.Source}: {index.Card.Dimensions} numbers each, {Word(index.Card.Kind)}, {Word(index.Card.Scalar)}, {index.Bytes / 1048576.0:0.0} MiB{(setAside.Count > 0 ? $"; {setAside.Count} could not be read" : "")}"));
        screen.Result(new
        {
            Index = index.Source,
            Vectors = index.Count,
            index.Card.Dimensions,
            index.Bytes,
            Seconds = seconds,
            Kind = Word(index.Card.Kind),
            Scalar = Word(index.Card.Scalar),
            Skipped = setAside.Count,
            SkippedFiles = setAside.Items,
        });
        return ExitCode.Ok;
    }

    private IVectorIndex Built(ParseResult words, Screen screen, SetAside setAside, CancellationToken cancel)
    {
        var options = OptionsOf(words);
        var inference = InferenceOptions.Of(words);
        using var embedder = NetworkOf(words);
        var photos = PhotoList.Open(words.GetValue(_images)!, words.GetValue(_imageColumn) ?? embedder.Card.ImageColumn);
        using var progress = new PictureCount(screen, photos.Count ?? 0, TimeProvider.System);
        return IndexBuilder.Build(words.GetValue(_out)!, embedder, photos, options, inference, setAside, progress, cancel);
    }

    private IVectorIndex Extended(ParseResult words, Screen screen, SetAside setAside, CancellationToken cancel)
    {
        var inference = InferenceOptions.Of(words);
        var index = IndexPlace.Open(words.GetValue(_out)!, isWritable: true);
        try
        {
            RequireAsBuilt(words, index);
            using var embedder = words.GetValue(_network) is null ? IndexPlace.NetworkOf(index, null, words.GetValue(RecipeOptions.Device)!) : NetworkOf(words);
            var photos = PhotoList.Open(words.GetValue(_images)!, words.GetValue(_imageColumn) ?? embedder.Card.ImageColumn);
            using var progress = new PictureCount(screen, photos.Count ?? 0, TimeProvider.System);
            IndexBuilder.Add(index, IndexPlace.ProjectionOf(index), embedder, photos, inference, setAside, progress, cancel);
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    // What an index was built with cannot change: say so, rather than pass it over.
    private void RequireAsBuilt(ParseResult words, IVectorIndex index)
    {
        if (words.GetValue(_dimensions) is { } dimensions && dimensions != index.Card.Dimensions)
            throw new BadInputException($"{index.Source}: the index has vectors of {index.Card.Dimensions} numbers, --dimensions says {dimensions}. Leave it out, or build another index.");
        if (words.GetValue(_kind) is { } kind && Parse<IndexKind>(kind, "--kind") != index.Card.Kind)
            throw new BadInputException($"{index.Source}: the index is {Word(index.Card.Kind)}, --kind says {kind}. Leave it out, or build another index.");
        if (words.GetValue(_scalar) is { } scalar && Parse<VectorScalar>(scalar, "--scalar") != index.Card.Scalar)
            throw new BadInputException($"{index.Source}: the index keeps {Word(index.Card.Scalar)}, --scalar says {scalar}. Leave it out, or build another index.");
    }

    private IndexOptions OptionsOf(ParseResult words)
    {
        var hnsw = new HnswOptions();
        return new IndexOptions
        {
            Kind = words.GetValue(_kind) is { } kind ? Parse<IndexKind>(kind, "--kind") : null,
            Scalar = words.GetValue(_scalar) is { } scalar ? Parse<VectorScalar>(scalar, "--scalar") : VectorScalar.F16,
            Dimensions = words.GetValue(_dimensions),
            Whitens = words.GetValue(_whiten),
            Hnsw = new HnswOptions
            {
                Connectivity = words.GetValue(_connectivity) ?? hnsw.Connectivity,
                ExpansionAdd = words.GetValue(_expansionAdd) ?? hnsw.ExpansionAdd,
                ExpansionSearch = words.GetValue(SearchOptions.Expansion) ?? hnsw.ExpansionSearch,
            }.Validated(),
        };
    }

    private PhotoEmbedder NetworkOf(ParseResult words)
    {
        var (name, device) = (words.GetValue(_network), words.GetValue(RecipeOptions.Device)!);
        if (name is null) throw new BadInputException("altar search build: name a run, or a network such as mobilenet_v2; only --add takes the index's own.");
        if (Path.Exists(name) || NetworkCatalog.Entries.FirstOrDefault(entry => entry.Name == name) is not { } network)
        {
            if (PlainOptions().Any(option => words.GetValue(option) is not null)) throw new BadInputException($"{name} is a run, which says its weights and preprocessing itself; leave out --weights, --preprocessing, --padding and --size.");
            return PhotoEmbedder.Open(name, device);
        }

        var size = words.GetValue(_size) is not { } text ? PixelSize.Square(network.InputSize)
            : PixelSize.TryParse(text, null, out var wanted) ? wanted : throw new BadInputException($"--size: '{text}' is no size; write 224, or 224x320 for height x width.");
        return PhotoEmbedder.Create(
            new ModelOptions
            {
                Name = name,
                Weights = words.GetValue(_weights) ?? "published",
                Padding = words.GetValue(_padding) is { } padding ? Parse<PaddingStyle>(padding, "--padding") : PaddingStyle.Torch,
                Preprocessing = PreprocessingOf(words.GetValue(_preprocessing) ?? "imagenet"),
            },
            size, device);
    }

    private IEnumerable<Option<string?>> PlainOptions() => [_weights, _preprocessing, _padding, _size];

    private static Normalization PreprocessingOf(string name)
    {
        try
        {
            return Normalization.Parse(name);
        }
        catch (FormatException)
        {
            throw new BadInputException($"--preprocessing: '{name}' is not known; write imagenet or tensorflow.");
        }
    }

    private static T Parse<T>(string text, string option) where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => Word(value) == text).Select(value => (T?)value).FirstOrDefault()
        ?? throw new BadInputException($"{option}: '{text}' is not known; write {string.Join(" or ", Enum.GetValues<T>().Select(Word))}.");

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
