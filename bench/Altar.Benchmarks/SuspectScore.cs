using Altar.Datasets;
using Altar.Reports;

namespace Altar.Benchmarks;

/// <summary>How many of the labels that a run suspects are wrong, and how many of the wrong ones it suspects: of the generated products, whose manifest says which were flipped.</summary>
internal static class SuspectScore
{
    /// <param name="run">A finished run with suspects.csv.</param>
    /// <param name="manifest">Its training manifest.</param>
    public static void Run(string run, string manifest)
    {
        var flipped = Rows(manifest).Where(row => row["flipped"] == "true").Select(row => Path.GetFileName(row["image"])).ToHashSet();
        var suspects = Rows(Path.Combine(run, SuspectSheet.ListName)).ToList();
        foreach (var least in new[] { 0.3, 0.4, 0.5, 0.6, 0.7, 0.8 })
        {
            var taken = suspects.Where(row => double.Parse(row["disagreement"], System.Globalization.CultureInfo.InvariantCulture) >= least).Select(row => Path.GetFileName(row["image"])).ToList();
            var right = taken.Count(flipped.Contains);
            Console.WriteLine($"disagreement at least {least:0.0}: {taken.Count} suspected, {right} of {flipped.Count} wrong labels among them: precision {(double)right / Math.Max(1, taken.Count):0.000}, recall {(double)right / flipped.Count:0.000}");
        }
    }

    private static IEnumerable<Dictionary<string, string>> Rows(string path)
    {
        using var reader = new StreamReader(path);
        var rows = CsvReader.Read(reader, path).ToList();
        foreach (var row in rows.Skip(1)) yield return rows[0].Fields.Zip(row.Fields).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
