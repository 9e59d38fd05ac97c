using Altar.Recipes;
using Altar.Recipes.FindRate;
using Altar.Schedules;
using Altar.Training;

namespace Altar.Tests.Recipes.FindRate;

public sealed class RateFinderTests : IDisposable
{
    private readonly StripedFolder _pictures = new(train: 24, val: 6);

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Each_stage_starts_from_the_same_weights_and_nothing_is_written()
    {
        var recipe = RecipeFile.Parse($$"""
            name: stripes
            data: {train: {{_pictures.Train}}, val: {{_pictures.Val}}, size: 32}
            model: {name: resnet20_cifar, weights: none}
            stages:
              - {name: head, learns: head, batch: 8, rate: 0.1, norm: frozen, augment: none, schedule: {cycles: 1}, snapshots: true}
              - {name: all, batch: 8, rate: 0.01, augment: none}
            """, "stripes.yaml");
        var before = Directory.GetFileSystemEntries(_pictures.Home).Order().ToList();
        var options = new RateSearchOptions { From = 1e-4, To = 10, Steps = 12 };

        var two = Search(recipe, options);
        var behindAnother = Search(recipe with { Stages = [recipe.Stages[1] with { Name = "other" }, recipe.Stages[1]] }, options);   // which moves every weight

        Assert.Equal(["head", "all"], two.Select(found => found.Stage.Name));
        Assert.All(two, found => Assert.True(found.Search.Points.Count > 3));
        Assert.Equal(two[1].Search.Points, behindAnother[1].Search.Points);
        Assert.Equal(before, Directory.GetFileSystemEntries(_pictures.Home).Order());
    }

    private static IReadOnlyList<StageRates> Search(Recipe recipe, RateSearchOptions options) =>
        RateFinder.Search(recipe, options, from: null, "cpu", new Nobody(), CancellationToken.None);

    private sealed class Nobody : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
        }
    }
}
