using System.Globalization;
using System.Text.Json;
using Altar.Datasets;
using Altar.Metrics;
using Altar.Recipes;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Benchmarks;

/// <summary>What each trick brings: the same recipe with and without it, over folds grouped by sender and several seeds, as paired differences.</summary>
internal static class TrickTable
{
    private const int Folds = 3;

    /// <param name="recipe">The baseline.</param>
    /// <param name="folder">Where runs, folds and table go; what is finished there is not done again.</param>
    /// <param name="seeds">How many.</param>
    /// <param name="most">Most photos of a class on each side; for a trial.</param>
    public static void Run(string recipe, string folder, int seeds, int most = int.MaxValue)
    {
        NativeLibraries.Prepare();
        WriteFolds(folder, most);
        List<(string Name, string[] Changes)> ways = [("baseline", []), .. TrickChanges.All];
        var done = new Dictionary<(string Way, int Fold, int Seed), Outcome>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            for (var fold = 0; fold < Folds; fold++)
            {
                foreach (var (name, changes) in ways)
                {
                    done[(name, fold, seed)] = Done(recipe, folder, name, changes, fold, seed);
                    AtomicFile.WriteText(Path.Combine(folder, "table.md"), Table(done));
                }
            }
        }
    }

    private static Outcome Done(string recipe, string folder, string name, string[] changes, int fold, int seed)
    {
        var run = Path.Combine(folder, $"{string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'))}-fold{fold}-seed{seed}");
        var file = run + ".json";
        if (File.Exists(file)) return JsonSerializer.Deserialize<Outcome>(File.ReadAllText(file))!;
        string[] overrides =
        [
            $"seed={seed}", $"data.train={Manifest(folder, fold, "train")}", $"data.val={Manifest(folder, fold, "val")}",
            $"model.weights={Path.Combine(ClothingPhotos.Folder, "..", "weights", "mobilenet_v2_imagenet.safetensors")}", .. changes,
        ];
        var result = TrainingRun.Execute(RecipeFile.Read(recipe, overrides), new RunOptions { Folder = run, Resume = true, Device = "cpu" }, new Progress<TrainingEvent>(_ => { }), CancellationToken.None);
        var last = result.Last!.Val;
        var outcome = new Outcome(last[Metric.Top1], last[Metric.LogLoss], result.Stages.Sum(stage => stage.Seconds));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, fold {fold}, seed {seed}: top-1 {outcome.Top1:0.0000}, log-loss {outcome.LogLoss:0.0000}, {outcome.Seconds:0} s"));
        AtomicFile.WriteText(file, JsonSerializer.Serialize(outcome));
        Directory.Delete(run, recursive: true);   // the figures are kept, a run's weights take tens of megabytes
        return outcome;
    }

    // All photos, train and val together: a group goes to the fold with the fewest photos, the largest groups first.
    private static void WriteFolds(string folder, int most)
    {
        if (File.Exists(Manifest(folder, Folds - 1, "val"))) return;
        Directory.CreateDirectory(folder);
        var options = new DataOptions { Label = "category", Group = "sender" };
        List<Sample> photos = [.. PictureSource.Open(Path.Combine(ClothingPhotos.Folder, "train.csv"), options).Samples, .. PictureSource.Open(Path.Combine(ClothingPhotos.Folder, "val.csv"), options).Samples];
        var classes = PictureSource.Open(Path.Combine(ClothingPhotos.Folder, "train.csv"), options).Classes;
        var folds = Enumerable.Range(0, Folds).Select(_ => new List<Sample>()).ToList();
        var groups = photos.GroupBy(photo => photo.Group ?? photo.Path).Select(group => group.ToArray()).ToArray();
        new Seed(1).ToRandom().Shuffle(groups);
        foreach (var group in groups.OrderByDescending(group => group.Length)) folds.MinBy(fold => fold.Count)!.AddRange(group);

        for (var fold = 0; fold < Folds; fold++)
        {
            Write(Manifest(folder, fold, "train"), folds.Where((_, index) => index != fold).SelectMany(part => part));
            Write(Manifest(folder, fold, "val"), folds[fold]);
        }

        void Write(string path, IEnumerable<Sample> samples) =>
            AtomicFile.WriteText(path, "image,category\n" + string.Concat(samples.GroupBy(photo => photo.Label).SelectMany(photos => photos.Take(most)).Select(photo => $"{Path.GetFullPath(photo.Path)},{classes[photo.Label]}\n")));
    }

    private static string Manifest(string folder, int fold, string side) => Path.Combine(folder, $"fold{fold}-{side}.csv");

    private static string Table(Dictionary<(string Way, int Fold, int Seed), Outcome> done)
    {
        var baseline = done.Where(run => run.Key.Way == "baseline").ToDictionary(run => (run.Key.Fold, run.Key.Seed), run => run.Value);
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"Baseline: top-1 {baseline.Values.Average(run => run.Top1):0.0000}, log-loss {baseline.Values.Average(run => run.LogLoss):0.0000}, {baseline.Values.Average(run => run.Seconds):0} s; {baseline.Count} runs."),
            "", "| trick | pairs | top-1, 95 % interval | log-loss, 95 % interval | verdict | time |", "|---|---|---|---|---|---|",
        };
        foreach (var way in done.GroupBy(run => run.Key.Way).Where(way => way.Key != "baseline"))
        {
            var pairs = way.Select(run => (With: run.Value, Without: baseline[(run.Key.Fold, run.Key.Seed)])).ToList();
            var top1 = PairedDifference.Of(pairs.Select(pair => (pair.With.Top1, pair.Without.Top1)));
            var logLoss = PairedDifference.Of(pairs.Select(pair => (pair.With.LogLoss, pair.Without.LogLoss)));
            lines.Add($"| {way.Key} | {pairs.Count} | {Text(top1)} | {Text(logLoss)} | {Verdict(top1, logLoss)} | {(pairs.Sum(pair => pair.With.Seconds) / pairs.Sum(pair => pair.Without.Seconds)).ToString("0.00", CultureInfo.InvariantCulture)} |");
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Text(PairedDifference difference) => difference.Pairs == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{difference.Mean:+0.0000;-0.0000;0}")
        : string.Create(CultureInfo.InvariantCulture, $"{difference.Mean:+0.0000;-0.0000;0} ({difference.Interval.Low:+0.0000;-0.0000;0} to {difference.Interval.High:+0.0000;-0.0000;0})");

    private static string Verdict(PairedDifference top1, PairedDifference logLoss)
    {
        string[] found =
        [
            .. top1.CoversZero ? (string[])[] : [top1.Mean > 0 ? "top-1 better" : "top-1 worse"],
            .. logLoss.CoversZero ? (string[])[] : [logLoss.Mean < 0 ? "log-loss better" : "log-loss worse"],
        ];
        return found.Length == 0 ? "no measurable effect" : string.Join(", ", found);
    }

    private sealed record Outcome(double Top1, double LogLoss, double Seconds);
}
