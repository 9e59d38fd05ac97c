using Altar.Metrics;

namespace Altar.Tests.Metrics;

public class RetrievalTallyTests
{
    [Fact]
    public void A_query_is_answered_at_k_if_something_relevant_is_among_the_first_k()
    {
        var tally = new RetrievalTally();
        tally.Add([true, false], 1);
        tally.Add([false, true], 5);
        tally.Add([false, false], 2);

        Assert.Equal(1 / 3.0, tally.RecallAt(1));
        Assert.Equal(2 / 3.0, tally.RecallAt(2));
        Assert.Equal(2 / 3.0, tally.RecallAt(10));
    }

    [Fact]
    public void Average_precision_is_taken_where_something_relevant_stands()
    {
        var tally = new RetrievalTally();
        tally.Add([true, false, true, false], 3);                        // (1/1 + 2/3 + 0) / 3
        tally.Add([false, true], 9);                                     // (1/2) / 2: two results can hold two

        Assert.Equal((((1 + (2 / 3.0)) / 3) + 0.25) / 2, tally.MeanAveragePrecision, 1e-12);
    }

    [Fact]
    public void A_query_to_which_nothing_is_relevant_is_passed_over()
    {
        var tally = new RetrievalTally();
        tally.Add([false, false], 0);
        Assert.True(double.IsNaN(tally.RecallAt(1)));
        tally.Add([], 2);

        Assert.Equal((1, 1, 0.0, 0.0), (tally.Queries, tally.Hopeless, tally.RecallAt(1), tally.MeanAveragePrecision));
    }

    [Fact]
    public void More_hits_than_the_index_holds_is_an_error() =>
        Assert.Throws<ArgumentException>(() => new RetrievalTally().Add([true, true], 1));

    [Fact]
    public void Overlap_is_the_share_of_exact_neighbours_that_were_found()
    {
        Assert.Equal(2 / 3.0, RetrievalTally.Overlap([7, 3, 9], [3, 5, 7]));
        Assert.Equal(1, RetrievalTally.Overlap([7], []));
    }
}
