using Altar.Metrics;

namespace Altar.Tests.Metrics;

public class InriaLeaderboardTests
{
    public static TheoryData<string> WithCities => [.. InriaLeaderboard.Entries.Where(entry => entry.Cities.Count > 0).Select(entry => entry.Team)];

    [Fact]
    public void Thirteen_entries_stand_by_their_overall_iou()
    {
        var table = InriaLeaderboard.Table();

        Assert.Equal(13, table.Count);
        Assert.Equal(("Buslaev2", 78.39), (table[0].Entry.Team, table[0].Entry.Overall.IoU));
        Assert.Equal(("Ales Zhuk", 47.46), (table[^1].Entry.Team, table[^1].Entry.Overall.IoU));
        Assert.Equal(Enumerable.Range(1, 13), table.Select(place => place.Place));
        Assert.DoesNotContain(table, place => place.IsOwn);
    }

    [Theory, MemberData(nameof(WithCities))]
    public void The_overall_score_of_an_entry_follows_from_its_cities_to_a_hundredth(string team)
    {
        var entry = InriaLeaderboard.Entries.Single(one => one.Team == team);

        var overall = InriaLeaderboard.Reconstruct([.. entry.Cities.Values]);

        Assert.Equal(5, entry.Cities.Count);
        Assert.Equal(entry.Overall.IoU, overall.IoU, 0.01);
        Assert.Equal(entry.Overall.Accuracy, overall.Accuracy, 0.01);
        Assert.Equal(entry.MeanOfCities, entry.Cities.Values.Average(city => city.IoU), 0.01);
    }

    // The organisers' own figures of a later entry, to 12 digits: github.com/margokhokhlova/aerial_segmentation.
    [Fact]
    public void The_organisers_overall_score_follows_from_their_cities_to_eight_digits()
    {
        InriaShares[] cities =
        [
            new(70.5244658628, 96.7294883333), new(66.1219544124, 96.4045216667), new(70.5316948749, 96.0757862222),
            new(74.1421801289, 90.7259936667), new(75.462637417, 97.5925242222),
        ];

        var overall = InriaLeaderboard.Reconstruct(cities);

        Assert.Equal(72.1548268122, overall.IoU, 1e-6);
        Assert.Equal(95.5056628222, overall.Accuracy, 1e-6);
    }

    [Fact]
    public void The_counts_of_masks_give_what_their_shares_give_back()
    {
        InriaScore[] cities = [new(3, 10, 8, 100), new(40, 50, 45, 100), new(1, 9, 4, 100)];

        var overall = InriaLeaderboard.Reconstruct([.. cities.Select(city => new InriaShares(city.IoU, city.Accuracy))]);

        var summed = cities.Aggregate((sum, city) => sum.Plus(city));
        Assert.Equal(100 * 44.0 / 69, overall.IoU, 1e-9);
        Assert.Equal(summed.IoU, overall.IoU, 1e-9);
        Assert.Equal(summed.Accuracy, overall.Accuracy, 1e-9);
    }

    [Theory]
    [InlineData(99, 1)]
    [InlineData(78.39, 2)]   // behind the one that was there first
    [InlineData(75.3, 4)]
    [InlineData(0, 14)]
    [InlineData(double.NaN, 14)]
    public void An_own_entry_stands_where_its_iou_says(double iou, int place)
    {
        var table = InriaLeaderboard.Table(new InriaEntry("own", new InriaShares(iou, 90), iou));

        Assert.Equal(14, table.Count);
        Assert.Equal(place, Assert.Single(table, row => row.IsOwn).Place);
    }
}
