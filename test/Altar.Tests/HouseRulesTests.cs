using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Altar.Tests;

/// <summary>Rules of the code base that no compiler checks.</summary>
public partial class HouseRulesTests
{
    // In the order the data flows: a folder uses those before it.
    private static readonly string[] Folders =
    [
        "Tensors", "Images", "Datasets", "Augmentation", "Batching", "Networks", "Losses", "Schedules", "Metrics",
        "Training", "Ensembling", "Inference", "Search", "Reports", "Recipes",
    ];

    [Fact]
    public void Every_folder_has_its_place_in_the_order()
    {
        var folders = Directory.GetDirectories(Library).Select(Path.GetFileName).Except(["bin", "obj", "buildTransitive"]);

        Assert.Empty(folders.Except(Folders));
    }

    [Fact]
    public void A_folder_uses_only_those_before_it()
    {
        var wrong =
            from folder in Folders.Where(name => Directory.Exists(Path.Combine(Library, name)))
            from file in Sources(folder)
            from Match use in FolderNames().Matches(File.ReadAllText(file))
            where Array.IndexOf(Folders, use.Groups[1].Value) > Array.IndexOf(Folders, folder)
            select $"{Path.GetRelativePath(Library, file)} uses {use.Groups[1].Value}";

        Assert.Empty(wrong.Distinct());
    }

    [Theory]
    [InlineData("Schedules")]
    [InlineData("Metrics")]
    [InlineData("Datasets")]
    [InlineData("Images")]
    [InlineData("Augmentation")]
    public void Bookkeeping_and_pixels_know_nothing_of_tensors(string folder)
    {
        var users = from file in Sources(folder) where File.ReadAllText(file).Contains("TorchSharp", StringComparison.Ordinal) select Path.GetFileName(file);

        Assert.Empty(users);
    }

    [Fact]
    public void The_library_prints_nothing()
    {
        var printers = from file in Folders.SelectMany(Sources) where Prints().IsMatch(File.ReadAllText(file)) select Path.GetFileName(file);

        Assert.Empty(printers);
    }

    [Fact]
    public void No_file_is_named_for_being_useful()
    {
        var vague = from file in Folders.SelectMany(Sources) where VagueName().IsMatch(file) select Path.GetFileName(file);

        Assert.Empty(vague);
    }

    private static string Library => Path.Combine(Root(), "src", "Altar");

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    private static IEnumerable<string> Sources(string folder)
    {
        var path = Path.Combine(Library, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories) : [];
    }

    [GeneratedRegex(@"\bAltar\.(Tensors|Images|Datasets|Augmentation|Batching|Networks|Losses|Schedules|Metrics|Training|Ensembling|Inference|Search|Reports|Recipes)\b")]
    private static partial Regex FolderNames();

    [GeneratedRegex(@"\bConsole\.(Write|Out|Error)")]
    private static partial Regex Prints();

    [GeneratedRegex("(Utils|Helper|Manager|Info)s?\\.cs$")]
    private static partial Regex VagueName();
}
