using Altar.Tensors;

namespace Altar.Datasets.Heads;

/// <summary>The pictures of several sets and the texts of their labels, head by head, before classes have numbers.</summary>
internal sealed class LabelColumns
{
    private readonly List<string?>[] _texts;
    private readonly List<Sample> _samples = [];
    private readonly List<(int Set, int Line)> _places = [];
    private readonly List<SetPart> _sets = [];
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<HeadSpec> _heads;

    private LabelColumns(IReadOnlyList<HeadSpec> heads) => (_heads, _texts) = (heads, [.. heads.Select(_ => new List<string?>())]);

    public IReadOnlyList<Sample> Samples => _samples;

    public IReadOnlyList<SetPart> Sets => _sets;

    public int Unlabelled { get; private set; }

    public string? Text(int sample, int head) => _texts[head][sample];

    public string Where(int sample) => _places[sample] is var (set, line) && line > 0 ? $"{_sets[set].Source}: line {line}" : _samples[sample].Path;

    /// <summary>The labels that occur for a head, by ordinal order.</summary>
    public IReadOnlyList<string> Distinct(int head) =>
        [.. _texts[head].OfType<string>().Distinct().SelectMany(text => HeadPlace.LabelsIn(_heads[head].Kind, text, _heads[head].SplitsWords)).Distinct().Order(StringComparer.Ordinal)];

    public static LabelColumns Read(IReadOnlyList<LabelledSetOptions> sets, IReadOnlyList<HeadSpec> heads)
    {
        ArgumentNullException.ThrowIfNull(sets);
        if (sets.Count == 0) throw new BadInputException("data.sets is empty. List at least one, such as {path: train.csv, labels: {category: category}}.");
        var all = new LabelColumns(heads);
        foreach (var set in sets) all.Read(set);
        return all;
    }

    private void Read(LabelledSetOptions set)
    {
        RequireHeads(set);
        var first = _samples.Count;
        if (Manifest.IsManifest(set.Path)) ReadManifest(set);
        else ReadFolder(set);
        if (_samples.Count == first) throw new BadInputException($"{set.Path}: no picture has a label for any of {Names.Few([.. set.Labels.Keys])}. Label some, or leave the set out.");
        _sets.Add(new SetPart(set.Path, first, _samples.Count - first, set.Weight));
    }

    private void RequireHeads(LabelledSetOptions set)
    {
        if (string.IsNullOrEmpty(set.Path)) throw new BadInputException("data.sets: a set has no path. Name a manifest (.csv, .jsonl) or a folder with a folder a class.");
        if (set.Labels.Count == 0) throw new BadInputException($"data.sets: {set.Path} labels no head. Name at least one, such as labels: {{{_heads[0].Name}: label}}.");
        foreach (var head in set.Labels.Keys)
        {
            if (_heads.All(known => known.Name != head)) throw new BadInputException($"data.sets: {set.Path}: {HeadLayout.Unknown(head, _heads.Select(known => known.Name)).Message}");
        }
    }

    private void ReadManifest(LabelledSetOptions set)
    {
        var table = ManifestTable.Read(set.Path);
        var files = new List<LabelledFile>(table.Count);
        for (var row = 0; row < table.Count; row++)
        {
            var picture = table.PictureOf(row, set.Image);
            files.Add(new LabelledFile(picture, "", null, $"{table.Where(row)} ({table.Find(row, set.Image)})"));
            Add(new Sample(picture, -1), table.Line(row), head => set.Labels.TryGetValue(head, out var column) ? table.Get(row, column, $"data.sets[].labels.{head}") : null);
        }

        Manifest.RequireAllThere(files);
    }

    private void ReadFolder(LabelledSetOptions set)
    {
        if (set.Labels.FirstOrDefault(pair => pair.Value != "label") is { Key: { } head, Value: var column })
            throw new BadInputException($"data.sets: {set.Path} is a folder, whose only column is 'label'; head {head} asks for '{column}'. Write labels: {{{head}: label}}, or name a manifest.");
        var folder = ImageFolder.Open(set.Path);
        foreach (var sample in folder.Samples) Add(sample with { Label = -1 }, 0, head => set.Labels.ContainsKey(head) ? folder.Classes[sample.Label] : null);
    }

    private void Add(Sample sample, int line, Func<string, string?> labelOf)
    {
        string?[] texts = [.. _heads.Select(head => Intern(labelOf(head.Name)))];
        if (texts.All(string.IsNullOrEmpty))
        {
            Unlabelled++;
            return;
        }

        _samples.Add(sample);
        _places.Add((_sets.Count, line));
        foreach (var (column, text) in _texts.Zip(texts)) column.Add(text);
    }

    private string? Intern(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (_known.TryGetValue(text, out var known)) return known;
        _known.Add(text, text);
        return text;
    }
}
