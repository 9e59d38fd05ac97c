using Altar.Ensembling;
using Altar.Reports;
using Altar.Schedules;
using Altar.Tests.Ensembling;

namespace Altar.Tests.Reports;

public sealed class EnsembleAndRatePlotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_each_member_gave_is_a_picture_of_two_panels()
    {
        var path = Path.Combine(_folder.Path, "ensemble.png");

        EnsemblePlot.Save(path, EnsembleStudy.Of(DrawnMembers.Classes, DrawnMembers.Of(members: 5, pictures: 40, seed: 2)));

        Assert.Equal((1400, 840), PictureSizes.Of(path));
    }

    [Fact]
    public void Every_stage_of_a_rate_search_has_a_panel_also_one_that_diverged_at_once()
    {
        var path = Path.Combine(_folder.Path, "rates.png");
        var (falling, broken) = (new RateSearch(new RateSearchOptions { Steps = 40 }), new RateSearch(new RateSearchOptions()));
        while (falling.GoesOn) falling.Add(3 - (falling.Points.Count / 20.0));
        broken.Add(double.NaN);

        RateFinderPlot.Save(path, [("head", 0.01, falling), ("all", 0.001, broken)]);

        Assert.Equal((1400, 840), PictureSizes.Of(path));
    }
}
