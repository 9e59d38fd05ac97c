using Altar.Datasets;
using Altar.Inference;
using Altar.Metrics;
using Altar.Tensors;
using Altar.Tests.Datasets;

namespace Altar.Tests.Inference;

public class InriaEvaluatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Pairs_of_any_size_are_summed_by_city_whatever_the_threads(int threads)
    {
        Add("austin1", ["##", ".."], ["#.", "#."]);
        Add("austin2", ["..."], ["..#"]);
        Add("vienna1", ["####"], ["####"]);
        var done = new List<int>();

        var scores = InriaEvaluator.Evaluate(Pairs(), threads, new Told(done));

        Assert.Equal([("austin", new InriaScore(1, 4, 3, 7)), ("vienna", new InriaScore(4, 4, 4, 4))], scores.Cities.Select(city => (city.Name, city.Score)));
        Assert.Equal([1, 2, 3], done);
    }

    [Fact]
    public void Sizes_that_differ_are_told_with_both_files()
    {
        Add("austin1", ["##"], ["###"]);

        var error = Assert.Throws<BadInputException>(() => InriaEvaluator.Evaluate(Pairs()));

        Assert.Contains("pred/austin1.tif has 2x1 pixels, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("gt/austin1.tif has 3x1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_evaluation_ends()
    {
        Add("austin1", ["##"], ["##"]);

        Assert.ThrowsAny<OperationCanceledException>(() => InriaEvaluator.Evaluate(Pairs(), cancel: new CancellationToken(canceled: true)));
    }

    private void Add(string tile, string[] prediction, string[] truth)
    {
        InriaMasks.Write(_folder.Of($"pred/{tile}.tif"), prediction);
        InriaMasks.Write(_folder.Of($"gt/{tile}.tif"), truth);
    }

    private IReadOnlyList<InriaPair> Pairs() => InriaPair.Match(_folder.Of("pred"), _folder.Of("gt"));

    private sealed class Told(List<int> values) : IProgress<int>
    {
        public void Report(int value) => values.Add(value);
    }
}
