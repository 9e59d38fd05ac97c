using System.Text.RegularExpressions;
using Altar.Reports;

namespace Altar.Tests.Reports;

public class RunReportTests
{
    private static readonly string[] Animals = ["cat", "dog", "emu"];

    private static RunReportContent Full => new()
    {
        Name = "transfer",
        Classes = Animals,
        Recipe = "name: transfer",
        Epochs = FakeRun.Epochs(),
        Steps = FakeRun.Steps(),
        Stages = FakeRun.Stages,
        Predictions = FakeRun.Predictions(Animals, 60),
        Warnings = ["2 pictures of val are also in train"],
        SetAside = new Dictionary<string, string> { ["photos/broken.jpg"] = "is cut off" },
    };

    [Fact]
    public void Page_tells_all_of_the_run_and_the_pictures_lie_beside_it()
    {
        using var folder = new TemporaryFolder();
        RunReport.Write(folder.Path, Full);

        var page = File.ReadAllText(folder.In("report.html"));

        Assert.All(
            ["<h1>transfer</h1>", "everything, hard", "2 pictures of val are also in train", "photos/broken.jpg: is cut off", "name: transfer", "processor"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Equal(["confusion.png", "curves.png", "errors.jpg", "report.html"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Page_holds_all_it_shows_and_asks_the_network_for_nothing()
    {
        using var folder = new TemporaryFolder();
        RunReport.Write(folder.Path, Full);

        var page = File.ReadAllText(folder.In("report.html"));

        Assert.DoesNotMatch("https?://", page);
        Assert.DoesNotMatch("url\\(|@import|<script|<link", page);
        var sources = Regex.Matches(page, "src=\"([^\"]{0,30})").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(3, sources.Count);
        Assert.All(sources, source => Assert.StartsWith("data:image/", source, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_cannot_become_part_of_the_page()
    {
        using var folder = new TemporaryFolder();
        string[] classes = ["<script>alert(1)</script>", "\"quoted\" & sons"];
        RunReport.Write(folder.Path, Full with
        {
            Name = "<i>run</i>", Classes = classes, Recipe = "<b>", Predictions = FakeRun.Predictions(classes, 30, i => $"<u>{i}.jpg"),
            Warnings = ["<em>"], SetAside = new Dictionary<string, string> { ["<s>"] = "<q>" },
        });

        var page = File.ReadAllText(folder.In("report.html"));

        Assert.DoesNotMatch("<script|<i>run|<b></pre>|<u>|<em>|<s>|<q>", page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_an_epoch_has_a_page_with_dashes()
    {
        using var folder = new TemporaryFolder();

        RunReport.Write(folder.Path, new RunReportContent { Name = "nothing", Classes = Animals });

        Assert.Contains("<span>top-1</span><b>–</b>", File.ReadAllText(folder.In("report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4000)]
    public void One_class_and_thousands_have_a_page(int count)
    {
        using var folder = new TemporaryFolder();
        string[] classes = [.. Enumerable.Range(0, count).Select(k => $"class {k}")];

        RunReport.Write(folder.Path, Full with { Classes = classes, Predictions = FakeRun.Predictions(classes, 40) });

        Assert.InRange(new FileInfo(folder.In("report.html")).Length, 50_000, 3_000_000);
    }
}
