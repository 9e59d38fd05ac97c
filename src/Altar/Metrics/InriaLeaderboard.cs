namespace Altar.Metrics;

/// <summary>IoU of the buildings and share of right pixels, both in percent.</summary>
/// <param name="IoU">0 to 100; higher is better.</param>
/// <param name="Accuracy">0 to 100; higher is better. NaN where it is not known.</param>
public readonly record struct InriaShares(double IoU, double Accuracy);

/// <summary>An entry of the contest.</summary>
/// <param name="Team">Who.</param>
/// <param name="Overall">Over all pixels of the test set.</param>
/// <param name="MeanOfCities">Mean of the five cities' IoU in percent.</param>
public sealed record InriaEntry(string Team, InriaShares Overall, double MeanOfCities)
{
    /// <summary>The scores of bellingham, bloomington, innsbruck, sfo and tyrol-e by name; empty where only the overall score is known.</summary>
    public IReadOnlyDictionary<string, InriaShares> Cities { get; init; } = new Dictionary<string, InriaShares>();
}

/// <summary>An entry and its place.</summary>
/// <param name="Place">From 1.</param>
/// <param name="Entry">The entry.</param>
/// <param name="IsOwn">Whether it is the one that was placed among the others.</param>
public readonly record struct InriaPlace(int Place, InriaEntry Entry, bool IsOwn);

/// <summary>The contest's table as A. Kuzin's talk "Tricks and hacks in training neural networks" shows it: thirteen entries of 2017 and 2018.</summary>
/// <remarks>On the contest's own hidden test set. A score on other tiles, such as the validation tiles of the training cities, is only a hint where one would stand.</remarks>
public static class InriaLeaderboard
{
    /// <summary>The thirteen entries, best first.</summary>
    public static IReadOnlyList<InriaEntry> Entries { get; } =
    [
        Entry("Buslaev2", 78.39, 96.84, 77.85, [(72.89, 97.27), (78.21, 97.93), (77.98, 97.42), (79.71, 93.29), (80.47, 98.28)]),
        Entry("Buslaev", 77.39, 96.63, 76.89),
        Entry("Tao Hu4", 75.33, 96.42, 74.65),
        Entry("Iglovikov2", 75.28, 96.13, 74.06, [(71.85, 97.02), (59.06, 94.77), (78.50, 97.44), (79.77, 93.12), (81.13, 98.31)]),
        Entry("Tao Hu3", 74.95, 96.29, 74.36),
        Entry("Iglovikov", 73.41, 95.97, 73.93),
        Entry("Xiang Li2", 71.16, 95.73, 69.45),
        Entry("Xiang Li", 71.03, 95.71, 69.19),
        Entry("Romanian Academy", 67.45, 94.55, 68.84),
        Entry("Mi Zhang", 66.92, 94.25, 65.37),
        Entry("Kang Zhao", 59.31, 93.93, 58.29),
        Entry("Ohleyer", 52.42, 93.07, 57.32),
        Entry("Ales Zhuk", 47.46, 88.83, 44.26),
    ];

    /// <summary>The entries by overall IoU, best first, with one's own among them; behind those it equals.</summary>
    /// <param name="own">One's own entry; null for the table alone.</param>
    public static IReadOnlyList<InriaPlace> Table(InriaEntry? own = null)
    {
        IEnumerable<InriaEntry> all = own is null ? Entries : Entries.Append(own);
        return [.. all.OrderByDescending(entry => entry.Overall.IoU).Select((entry, index) => new InriaPlace(index + 1, entry, ReferenceEquals(entry, own)))];
    }

    /// <summary>The overall score that follows from the scores of cities with equally many pixels.</summary>
    /// <remarks>
    /// The task has two classes, so of a city's pixels the share 1 - Accuracy lies in the union U and not in the intersection I:
    /// U = (1 - Accuracy) / (1 - IoU) and I = U - (1 - Accuracy). Overall IoU is the sum of the I by the sum of the U.
    /// </remarks>
    /// <param name="cities">Percentages of each city.</param>
    /// <returns>NaN for the IoU where a city is without an error: its union cannot be told from its shares.</returns>
    public static InriaShares Reconstruct(IReadOnlyCollection<InriaShares> cities)
    {
        double intersections = 0, unions = 0;
        foreach (var (iou, accuracy) in cities)
        {
            var errors = 100 - accuracy;
            var union = errors / (1 - (iou / 100));
            unions += union;
            intersections += union - errors;
        }

        return new InriaShares(100 * intersections / unions, cities.Average(city => city.Accuracy));
    }

    private static InriaEntry Entry(string team, double iou, double accuracy, double meanOfCities, (double IoU, double Accuracy)[]? cities = null) => new(team, new InriaShares(iou, accuracy), meanOfCities)
    {
        Cities = Datasets.InriaBenchmark.TestCities.Zip(cities ?? []).ToDictionary(pair => pair.First, pair => new InriaShares(pair.Second.IoU, pair.Second.Accuracy)),
    };
}
