using Altar.Datasets.Duplicates;
using Altar.Search;
using Altar.Tensors;

namespace Altar.Tests.Search;

/// <summary>The contract for a table that is compared row by row.</summary>
public class PostgresIndexTests : VectorIndexContract
{
    private readonly PostgresServer _server;
    private string? _place;

    public PostgresIndexTests(PostgresServer server) => _server = server;

    private protected string Place => _place ??= _server.NewTable();

    private protected override IVectorIndex Create(IndexCard card) => PostgresIndex.Create(PostgresAddress.Parse(Place), card);

    private protected override IVectorIndex Open() => IndexPlace.Open(Place, isWritable: true);

    [Fact]
    public void An_index_that_is_not_there_says_how_to_make_one()
    {
        Assert.Contains("no index of this name", Assert.Throws<BadInputException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_looks_and_the_projection_come_back()
    {
        var projection = Projection.Fit([[[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]]], 2, whitens: false);
        var look = new Look(42, [.. Enumerable.Range(0, 192).Select(i => (byte)i)]);
        using (var index = PostgresIndex.Create(PostgresAddress.Parse(Place), Card with { Dimensions = 2 }, projection))
        {
            index.Add([new IndexedPhoto("a.jpg", [1, 0], new Dictionary<string, string>()) { Look = look }]);
            index.Save();
        }

        using var again = Open();
        var found = Assert.Single(again.Photos()).Look!;
        Assert.Equal((look.Hash, look.Thumbnail[^1]), (found.Hash, found.Thumbnail[^1]));
        Assert.Equal(projection.Apply([1, 2, 3]), IndexPlace.ProjectionOf(again)!.Apply([1, 2, 3]));
    }

    [Fact]
    public void Near_duplicates_are_found_in_a_table_too()
    {
        using var index = Saved();

        Assert.Equal([["a.jpg", "b.jpg"]], DuplicatePhotos.Find(index, new DuplicateOptions { Same = 0.75 }).Select(group => group.Images));
    }

    [Fact]
    public void A_table_holds_no_network_so_that_one_must_be_named()
    {
        using var index = Saved();

        Assert.Contains("name the run that made it: --run RUN", Assert.Throws<BadInputException>(() => IndexPlace.NetworkOf(index)).Message, StringComparison.Ordinal);
    }
}

/// <summary>The contract for pgvector's graph over 16-bit numbers.</summary>
public sealed class PostgresGraphTests(PostgresServer server) : PostgresIndexTests(server)
{
    private protected override IndexCard Card => ThreePhotos.Card with { Kind = IndexKind.Hnsw, Scalar = VectorScalar.F16 };

    private protected override double Tolerance => 1e-3;
}

/// <summary>What is refused without a server.</summary>
public class PostgresAddressTests
{
    [Fact]
    public void An_address_is_shown_without_its_password()
    {
        var address = PostgresAddress.Parse("postgresql://me:secret@host:5433/shop?table=photos&sslmode=Require");

        Assert.Equal("postgresql://host:5433/shop?table=photos", address.ToString());
        Assert.Contains("Password=secret", address.Connection, StringComparison.Ordinal);
        Assert.Contains("SSL Mode=Require", address.Connection, StringComparison.Ordinal);
        Assert.Equal("photos", address.Table);
    }

    [Theory]
    [InlineData("postgresql://me:secret@host/shop")]
    [InlineData("postgresql://me:secret@host/shop?table=photos;drop")]
    [InlineData("postgresql://me:secret@host/shop?table=Photos")]
    [InlineData("postgresql://me:secret@host/shop?table=photos&wrong=1")]
    public void A_wrong_address_is_refused_without_showing_its_password(string text)
    {
        var error = Assert.Throws<BadInputException>(() => PostgresAddress.Parse(text));

        Assert.StartsWith("The address of the index cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_bad_input()
    {
        var error = Assert.Throws<BadInputException>(() => IndexPlace.Open("postgresql://me@127.0.0.1:1/shop?table=photos"));

        Assert.StartsWith("postgresql://127.0.0.1:1/shop?table=photos: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("Check host, port", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VectorScalar.I8, 256, "pgvector has no i8")]
    [InlineData(VectorScalar.F32, 2048, "up to 2000 numbers of this scalar, these vectors have 2048")]
    [InlineData(VectorScalar.F16, 4096, "up to 4000 numbers")]
    public void What_pgvector_cannot_hold_is_refused_first(VectorScalar scalar, int dimensions, string message)
    {
        var card = ThreePhotos.Card with { Kind = IndexKind.Hnsw, Scalar = scalar, Dimensions = dimensions };

        Assert.Contains(message, Assert.Throws<BadInputException>(() => PostgresIndex.Create(PostgresAddress.Parse("postgresql://127.0.0.1:1/shop?table=photos"), card)).Message, StringComparison.Ordinal);
    }
}
