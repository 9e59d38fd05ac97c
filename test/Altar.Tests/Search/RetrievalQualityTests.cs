using Altar.Search;
using Altar.Tensors;

namespace Altar.Tests.Search;

public class RetrievalQualityTests
{
    // On a circle, at 0, 10, 30 and 60 degrees: nearness can be read off.
    private static readonly float[][] OnACircle = [At(0), At(10), At(30), At(60)];

    [Fact]
    public void Each_photo_is_asked_for_with_itself_left_out()
    {
        // 0 (a): 10 b, 30 a, 60 b -> match at rank 2, AP 1/2
        // 10 (b): 0 a, 30 a, 60 b -> rank 3, AP 1/3
        // 30 (a): 10 b, then 0 a and 60 b equally far: counts against it -> rank 3, AP 1/3
        // 60 (b): 30 a, 10 b, 0 a -> rank 2, AP 1/2
        var scores = RetrievalQuality.Measure(OnACircle, ["a", "b", "a", "b"]);

        Assert.Equal((4, 0), (scores.Queries, scores.WithoutMatch));
        Assert.Equal(0, scores.RecallAt1);
        Assert.Equal(1, scores.RecallAt10);
        Assert.Equal((0.5 + 1.0 / 3 + 1.0 / 3 + 0.5) / 4, scores.MeanAveragePrecision, 1e-9);
    }

    [Fact]
    public void Precision_is_taken_at_every_match()
    {
        // 0 (a): 10 a, 30 b, 60 a -> (1 + 2/3) / 2; 10: 0 a, 30 b, 60 a -> the same; 60: 30 b, 10 a, 0 a -> (1/2 + 2/3) / 2
        var scores = RetrievalQuality.Measure(OnACircle, ["a", "a", "b", "a"]);

        Assert.Equal((3, 1), (scores.Queries, scores.WithoutMatch));
        Assert.Equal(2.0 / 3, scores.RecallAt1, 1e-9);
        Assert.Equal((5.0 / 6 + 5.0 / 6 + 7.0 / 12) / 3, scores.MeanAveragePrecision, 1e-9);
    }

    [Fact]
    public void Photos_of_one_sender_are_no_results_of_each_other_where_that_is_asked()
    {
        var scores = RetrievalQuality.Measure(OnACircle, ["a", "a", "b", "a"], ["x", "x", "y", "z"]);

        // 0: 30 b, 60 a -> 1/2; 10: the same; 60: 30 b, 10 a, 0 a -> 7/12
        Assert.Equal(0, scores.RecallAt1);
        Assert.Equal((0.5 + 0.5 + 7.0 / 12) / 3, scores.MeanAveragePrecision, 1e-9);
    }

    [Fact]
    public void Photos_without_the_column_are_left_out()
    {
        var photos = ThreePhotos.All.Append(new IndexedPhoto("d.jpg", [1, 0, 0], new Dictionary<string, string>())).ToList();

        var scores = RetrievalQuality.Measure(photos, "category");

        Assert.Equal((2, 1, 1.0), (scores.Queries, scores.WithoutMatch, scores.RecallAt1));
    }

    [Fact]
    public void A_column_without_pairs_or_that_is_not_there_is_refused()
    {
        Assert.Contains("no value that two photos share", Assert.Throws<BadInputException>(() => RetrievalQuality.Measure([.. ThreePhotos.All.Skip(1)], "category")).Message, StringComparison.Ordinal);
        Assert.Contains("no column 'kind'", Assert.Throws<BadInputException>(() => RetrievalQuality.Measure(ThreePhotos.All, "kind")).Message, StringComparison.Ordinal);
    }

    private static float[] At(double degrees) => [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)];
}
