using Altar.Search;
using Altar.Tensors;

namespace Altar.Tests.Search;

/// <summary>What every index does, whatever keeps it.</summary>
public abstract class VectorIndexContract
{
    /// <summary>An empty index that is not there yet.</summary>
    private protected abstract IVectorIndex Create(IndexCard card);

    /// <summary>The saved index again.</summary>
    private protected abstract IVectorIndex Open();

    private protected virtual IndexCard Card => ThreePhotos.Card;

    /// <summary>How far a score may be from its exact value.</summary>
    private protected virtual double Tolerance => 1e-6;

    [Fact]
    public void The_nearest_photos_come_first_with_their_cosines_and_columns()
    {
        using var index = Saved();

        var hits = index.Search([2, 0, 0], 3);   // any length

        Assert.Equal(["a.jpg", "b.jpg", "c.jpg"], hits.Select(hit => hit.Image));
        Assert.Equal([1, 0.8, 0], hits.Select(hit => hit.Score), Near);
        Assert.Equal("2", hits[1].Columns["seller"]);
    }

    [Fact]
    public void No_more_are_found_than_there_are_or_than_are_asked_for()
    {
        using var index = Saved();

        Assert.Equal(3, index.Search([1, 0, 0], 100).Count);
        Assert.Equal("c.jpg", Assert.Single(index.Search([0, 0.1f, 1], 1)).Image);
    }

    [Fact]
    public void A_filter_lets_through_photos_with_one_of_the_values_in_each_column()
    {
        using var index = Saved();

        IEnumerable<string> Find(params string[] conditions) => index.Search([1, 0, 0], 3, SearchFilter.Parse(conditions)).Select(hit => hit.Image);

        Assert.Equal(["a.jpg", "b.jpg"], Find("category=shoes"));
        Assert.Equal(["a.jpg"], Find("category=shoes", "seller=1"));
        Assert.Equal(["a.jpg", "c.jpg"], Find("category=shoes", "category=hat", "seller=1"));
        Assert.Empty(Find("category=socks"));
    }

    [Fact]
    public void A_filter_by_an_unknown_column_names_those_there_are()
    {
        using var index = Saved();

        var error = Assert.Throws<BadInputException>(() => index.Search([1, 0, 0], 3, SearchFilter.Parse(["categry=hat"])));

        Assert.Contains("no column 'categry'. There are category, seller; did you mean category?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_photo_that_is_taken_out_is_not_found_again_and_others_stay()
    {
        using (var index = Saved())
        {
            Assert.Equal(["a.jpg"], index.Remove(["a.jpg", "unknown.jpg"]));
            index.Save();
        }

        using var again = Open();
        Assert.Equal(2, again.Count);
        Assert.Equal(["b.jpg", "c.jpg"], again.Search([1, 0, 0], 3).Select(hit => hit.Image));
        Assert.Equal(["c.jpg"], again.Search([1, 0, 0], 3, SearchFilter.Parse(["seller=1"])).Select(hit => hit.Image));
    }

    [Fact]
    public void A_photo_that_is_added_again_replaces_itself()
    {
        using (var index = Saved())
        {
            index.Add([ThreePhotos.Of("a.jpg", [0, 1, 0], "hat", "9"), ThreePhotos.Of("d.jpg", [0, 0, -1], "hat", "9")]);
            index.Save();
        }

        using var again = Open();
        Assert.Equal(4, again.Count);
        var first = again.Search([0, 1, 0], 4)[0];
        Assert.Equal(("a.jpg", "9"), (first.Image, first.Columns["seller"]));
        Assert.Equal(-1, again.Search([0, 0, 1], 4)[3].Score, Tolerance);
    }

    [Fact]
    public void What_was_not_saved_is_gone()
    {
        using (var index = Saved()) index.Remove(["a.jpg"]);

        using var again = Open();
        Assert.Equal(3, again.Count);
    }

    [Fact]
    public void The_photos_can_be_read_back()
    {
        using var index = Saved();

        var photos = index.Photos().OrderBy(photo => photo.Image, StringComparer.Ordinal).ToList();

        Assert.Equal(["a.jpg", "b.jpg", "c.jpg"], photos.Select(photo => photo.Image));
        Assert.Equal([0.8, 0.6, 0], photos[1].Vector.Select(value => (double)value), Near);
        Assert.Equal(Card.Network, index.Card.Network);
        Assert.True(index.Bytes > 0);
    }

    [Fact]
    public void A_vector_of_another_length_is_refused()
    {
        using var index = Saved();

        var error = Assert.Throws<BadInputException>(() => index.Search([1, 0], 1));

        Assert.Contains("vectors of 3 numbers, this one has 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_that_is_there_is_not_overwritten()
    {
        Saved().Dispose();

        Assert.Contains("already", Assert.Throws<BadInputException>(() => Create(Card)).Message, StringComparison.Ordinal);
    }

    private protected IVectorIndex Saved()
    {
        using (var index = Create(Card))
        {
            index.Add(ThreePhotos.All);
            index.Save();
        }

        return Open();
    }

    private bool Near(double one, double other) => Math.Abs(one - other) <= Tolerance;
}
