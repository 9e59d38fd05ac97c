using System.CommandLine;
using System.Globalization;
using Altar.Augmentation;
using Altar.Cli.Output;
using Altar.Datasets;
using Altar.Datasets.Generated;
using Altar.Datasets.Inspecting;
using Altar.Recipes;
using Altar.Reports;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar inspect-data</c>: what is in a set, before anything is trained on it.</summary>
internal sealed class InspectDataVerb : Verb
{
    private const int ShownGroups = 10;

    private readonly Argument<string> _path = new("PATH") { Description = "A folder with a folder a class, a manifest (.csv, .jsonl), or a recipe, which names both sides and their columns." };
    private readonly Option<string?> _val = new("--val") { Description = "Validation photos: they are searched for leaks from PATH.", HelpName = "PATH" };
    private readonly Option<string?> _image = new("--image") { Description = "The manifest's column with the file. Default: image.", HelpName = "COLUMN" };
    private readonly Option<string?> _label = new("--label") { Description = "The manifest's column with the class. Default: label.", HelpName = "COLUMN" };
    private readonly Option<string?> _group = new("--group") { Description = "The manifest's column with what must stay on one side.", HelpName = "COLUMN" };
    private readonly Option<string> _augment = new("--augment") { Description = "The augmentation of the previews: light, hard or hard-aerial.", HelpName = "NAME", DefaultValueFactory = _ => "hard" };
    private readonly Option<string?> _out = new("--out") { Description = "Where the page with samples of each class and augmented views is written. Default: runs/NAME-inspection.", HelpName = "DIR" };

    public InspectDataVerb() : base("inspect-data", "Looks at every photo of a set: class counts, sizes, damaged files, duplicates, leaks, a contact sheet, augmented previews.",
        "altar inspect-data photos", "altar inspect-data train.csv --val val.csv --label category --group sender --json")
    {
        Add(_path);
        Add(_val);
        Add(_image);
        Add(_label);
        Add(_group);
        Add(_augment);
        Add(_out);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var options = OptionsOf(words);
        var augmentation = AugmentationOptions.Parse(words.GetValue(_augment)!);
        GeneratedSets.Ensure(options, interruption.Token);
        var inspection = Inspection.Of(options.Train, options, interruption.Token);
        Print(inspection, screen);

        var folder = words.GetValue(_out) ?? Path.Combine("runs", $"{Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(options.Train))}-inspection");
        InspectionReport.Write(
            folder, inspection, PictureSource.Open(options.Train, options), new Seed(1),
            [new AugmentationPreview(words.GetValue(_augment)!, augmentation)], options.Size);
        var page = Path.Combine(folder, InspectionReport.PageName);
        screen.Line($"Samples of each class, augmented views and all of this on one page: {page}");
        screen.Result(ToJson(inspection, page));
        return ExitCode.Ok;
    }

    private DataOptions OptionsOf(ParseResult words)
    {
        var path = words.GetValue(_path)!;
        var options = Path.GetExtension(path) is ".yaml" or ".yml" ? RecipeFile.Read(path).Data : new DataOptions { Train = path };
        return options with
        {
            Val = words.GetValue(_val) ?? options.Val,
            Image = words.GetValue(_image) ?? options.Image,
            Label = words.GetValue(_label) ?? options.Label,
            Group = words.GetValue(_group) ?? options.Group,
        };
    }

    private static void Print(Inspection found, Screen screen)
    {
        screen.Line($"{found.Pictures} pictures in {found.Classes.Count} classes, {string.Join(", ", found.Formats.Select(format => $"{format.Value} {format.Key}"))}");
        var table = Columns.Of(1, "class", "pictures");
        foreach (var one in found.Classes) table.Add(one.Name, $"{one.Pictures}");
        screen.Write(table);
        if (found.Sizes is { } sizes)
        {
            table = Columns.Of(1, "size", "least", "median", "greatest");
            foreach (var (name, spread) in new[] { ("width", sizes.Width), ("height", sizes.Height), ("shorter side", sizes.Shorter), ("width by height", sizes.Aspect) })
                table.Add(name, Number(spread.Min), Number(spread.Median), Number(spread.Max));
            screen.Write(table);
        }

        foreach (var picture in found.Damaged) screen.Line($"damaged: {picture.Path}: {picture.Reason}");
        Groups("the same file", found.SameFiles.Select(group => string.Join(", ", group)), screen);
        Groups("near-duplicates", found.NearDuplicates.Select(group => string.Join(", ", group)), screen);
        Groups("duplicates with different labels", found.Conflicts.Select(group => string.Join(", ", group.Select(picture => $"{picture.Path} ({picture.Label})"))), screen);
        foreach (var warning in found.Warnings) screen.Warn(warning);
    }

    private static void Groups(string title, IEnumerable<string> groups, Screen screen)
    {
        var all = groups.ToList();
        foreach (var group in all.Take(ShownGroups)) screen.Line($"{title}: {group}");
        if (all.Count > ShownGroups) screen.Line($"{title}: {all.Count - ShownGroups} more groups; --json has all.");
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static object ToJson(Inspection found, string page) => new
    {
        found.Source,
        found.Pictures,
        found.Classes,
        found.Sizes,
        found.Formats,
        found.Damaged,
        found.SameFiles,
        found.NearDuplicates,
        found.Conflicts,
        found.Leaks,
        found.Warnings,
        Page = page,
    };
}
