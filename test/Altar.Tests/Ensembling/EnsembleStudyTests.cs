using Altar.Ensembling;
using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Tests.Ensembling;

public class EnsembleStudyTests
{
    private static readonly string[] Two = ["right", "wrong"];

    [Fact]
    public void The_log_loss_of_the_arithmetic_mean_is_at_most_the_mean_log_loss()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var study = EnsembleStudy.Of(DrawnMembers.Classes, DrawnMembers.Of(members: 2 + (seed % 4), pictures: 7, seed));

            Assert.True(study.All.Scores.LogLoss <= study.Members.Average(member => member.Scores.LogLoss) + 1e-6, $"seed {seed}");
        }
    }

    [Fact]
    public void Prefixes_grow_from_the_first_and_suffixes_from_the_last()
    {
        var study = EnsembleStudy.Of(Two, [DrawnMembers.Sure("one", 0.9f, 0.9f), DrawnMembers.Sure("two", 0.5f, 0.5f), DrawnMembers.Sure("three", 0.1f, 0.1f)]);

        Assert.Equal([["one"], ["one", "two"], ["one", "two", "three"]], study.Prefixes.Select(subset => subset.Members));
        Assert.Equal([["three"], ["three", "two"], ["three", "two", "one"]], study.Suffixes.Select(subset => subset.Members));
        Assert.Equal([0.9, 0.7, 0.5], study.Prefixes.Select(subset => Math.Round(Math.Exp(-subset.Scores.LogLoss), 6)));
        Assert.Equal([0.1, 0.3, 0.5], study.Suffixes.Select(subset => Math.Round(Math.Exp(-subset.Scores.LogLoss), 6)));
    }

    [Fact]
    public void A_geometric_ensemble_averages_logarithms()
    {
        var study = EnsembleStudy.Of(Two, [DrawnMembers.Sure("one", 0.9f, 0.9f), DrawnMembers.Sure("two", 0.2f, 0.2f)], new EnsembleOptions { Mean = MeanKind.Geometric });

        var (right, wrong) = (Math.Sqrt(0.9 * 0.2), Math.Sqrt(0.1 * 0.8));
        Assert.Equal(right / (right + wrong), Math.Exp(-study.All.Scores.LogLoss), 6);
    }

    [Fact]
    public void The_greedy_choice_takes_the_best_first_and_stops_where_nothing_helps()
    {
        // One knows every other picture, two knows the others: together they are best. Three knows nothing.
        float[] odd = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 0.98f : 0.45f)], even = [.. odd.Select((_, i) => odd[(i + 1) % 40] - 0.01f)];
        List<EnsembleMember> members = [DrawnMembers.Sure("three", [.. odd.Select(_ => 0.02f)]), DrawnMembers.Sure("two", even), DrawnMembers.Sure("one", odd)];

        var greedy = EnsembleStudy.Of(Two, members).Greedy!;

        Assert.Equal(["one", "two"], greedy.Members.Order());
        Assert.True(greedy.OnOther.LogLoss < greedy.AllOnOther.LogLoss);
        Assert.Equal((20L, 20L), (greedy.OnChosen.Pictures, greedy.OnOther.Pictures));
    }

    [Fact]
    public void The_choice_is_made_without_a_look_at_the_half_that_it_is_reported_on()
    {
        var members = DrawnMembers.Of(members: 4, pictures: 60, seed: 3);
        var options = new EnsembleOptions { Seed = new Seed(5) };
        var inChosen = StratifiedHalves.Of([.. members[0].Predictions.Select(one => one.Label)], options.Seed);
        List<EnsembleMember> spoilt = [.. members.Select((member, m) => member with { Predictions = [.. member.Predictions.Select((one, i) => inChosen[i] || m > 0 ? one : one with { Probabilities = [1, 0, 0] })] })];

        Assert.Equal(EnsembleStudy.Of(DrawnMembers.Classes, members, options).Greedy!.Members, EnsembleStudy.Of(DrawnMembers.Classes, spoilt, options).Greedy!.Members);
    }

    [Fact]
    public void Members_that_saw_other_pictures_are_refused()
    {
        var other = DrawnMembers.Sure("two", 0.5f, 0.5f, 0.5f);

        Assert.Throws<ArgumentException>(() => EnsembleStudy.Of(Two, [DrawnMembers.Sure("one", 0.5f, 0.5f), other]));
        Assert.Throws<BadInputException>(() => EnsembleStudy.Of(Two, [other]));
        Assert.Throws<ArgumentException>(() => EnsembleStudy.Of(Two, [other, other], new EnsembleOptions { By = Metric.Top5 }));
    }

    [Fact]
    public void Halves_share_every_class_and_depend_on_the_seed_only()
    {
        int[] labels = [.. Enumerable.Repeat(0, 10), .. Enumerable.Repeat(1, 5), .. Enumerable.Repeat(2, 5)];

        var inFirst = StratifiedHalves.Of(labels, new Seed(1));

        Assert.Equal(10, inFirst.Count(isIn => isIn));
        Assert.Equal(5, inFirst.Take(10).Count(isIn => isIn));
        Assert.InRange(inFirst.Skip(10).Take(5).Count(isIn => isIn), 2, 3);
        Assert.Equal(inFirst, StratifiedHalves.Of(labels, new Seed(1)));
        Assert.NotEqual(inFirst, StratifiedHalves.Of(labels, new Seed(2)));
    }
}
