using Altar.Tensors;
using Npgsql;
using NpgsqlTypes;

namespace Altar.Search;

/// <summary>The tables of an index in PostgreSQL, and the errors of a server in the words of a user.</summary>
internal static class PostgresTables
{
    private const string Cards = "altar_indexes", NoSuchTable = "42P01", NoSuchExtension = "0A000", NotAllowed = "42501";
    private const int MostVector = 2000, MostHalfVector = 4000;   // pgvector's limits of its graph

    /// <summary>Refuses what pgvector cannot hold.</summary>
    public static void RequirePossible(IndexCard card)
    {
        if (card.Scalar == VectorScalar.I8) throw new BadInputException("--scalar: pgvector has no i8; write f32 or f16.");
        var most = card.Scalar == VectorScalar.F32 ? MostVector : MostHalfVector;
        if (card.Kind == IndexKind.Hnsw && card.Dimensions > most)
            throw new BadInputException($"pgvector's graph takes up to {most} numbers of this scalar, these vectors have {card.Dimensions}. Keep fewer: --dimensions 256{(card.Scalar == VectorScalar.F32 ? ", or write --scalar f16" : "")}.");
    }

    public static NpgsqlDataSource Connect(PostgresAddress address)
    {
        // The extension first: its types are looked up once, when the source connects.
        using (var connection = new NpgsqlConnection(address.Connection))
        {
            connection.Open();
            using var command = new NpgsqlCommand("CREATE EXTENSION IF NOT EXISTS vector", connection);
            command.ExecuteNonQuery();
        }

        var builder = new NpgsqlDataSourceBuilder(address.Connection);
        builder.UseVector();
        return builder.Build();
    }

    public static string Create(string table, IndexCard card) => $"""
        CREATE TABLE IF NOT EXISTS {Cards} (name text PRIMARY KEY, card jsonb NOT NULL, projection bytea);
        CREATE TABLE {table} (image text PRIMARY KEY, vector {Type(card)}({card.Dimensions}) NOT NULL, columns jsonb NOT NULL, look bytea);
        """;

    /// <summary>Made after the photos are in, which is faster; later ones are put in by the server.</summary>
    public static string Graph(string table, IndexCard card) =>
        $"CREATE INDEX IF NOT EXISTS {table}_graph ON {table} USING hnsw (vector {Type(card)}_cosine_ops) WITH (m = {Math.Min(card.Hnsw.Connectivity, 100)}, ef_construction = {Math.Clamp(card.Hnsw.ExpansionAdd, 2 * Math.Min(card.Hnsw.Connectivity, 100), 1000)})";

    public static NpgsqlCommand WriteCard(NpgsqlConnection connection, string table, IndexCard card, Projection? projection)
    {
        var command = new NpgsqlCommand($"INSERT INTO {Cards} (name, card, projection) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET card = excluded.card", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = table });
        command.Parameters.Add(new NpgsqlParameter { Value = card.ToJson(), NpgsqlDbType = NpgsqlDbType.Jsonb });
        using var bytes = new MemoryStream();
        projection?.Write(bytes);
        command.Parameters.Add(new NpgsqlParameter { Value = projection is null ? DBNull.Value : bytes.ToArray(), NpgsqlDbType = NpgsqlDbType.Bytea });
        return command;
    }

    public static (IndexCard Card, Projection? Projection) ReadCard(NpgsqlDataSource source, PostgresAddress address)
    {
        using var command = source.CreateCommand($"SELECT card::text, projection FROM {Cards} WHERE name = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = address.Table });
        using var rows = command.ExecuteReader();
        if (!rows.Read()) throw NoIndex(address);
        var card = IndexCard.Parse(rows.GetString(0), $"{address}: the row of {Cards}");
        if (rows.IsDBNull(1)) return (card, null);
        using var projection = rows.GetStream(1);
        using var bytes = new MemoryStream();   // its length must be known
        projection.CopyTo(bytes);
        bytes.Position = 0;
        return (card, Projection.Read(bytes, $"{address}: the projection"));
    }

    public static void RequireFree(PostgresAddress address)
    {
        using var connection = new NpgsqlConnection(address.Connection);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new NpgsqlParameter { Value = address.Table } } };
        if ((bool)command.ExecuteScalar()!) throw new BadInputException($"{address}: there is a table already; add to the index with --add, or name another table.");
    }

    /// <summary>Says what a server's error means.</summary>
    public static T Guard<T>(PostgresAddress address, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (PostgresException error) when (error.SqlState == NoSuchTable)
        {
            throw NoIndex(address);
        }
        catch (PostgresException error) when (error.SqlState is NoSuchExtension or NotAllowed or "58P01")
        {
            throw new BadInputException($"{address}: pgvector cannot be used: {error.MessageText}. Install it on the server and let an administrator run CREATE EXTENSION vector in this database.", error);
        }
        catch (NpgsqlException error)
        {
            throw new BadInputException($"{address}: {error.Message} Check host, port, database, user and password (PGPASSWORD).", error);
        }
    }

    private static BadInputException NoIndex(PostgresAddress address) =>
        new($"{address}: no index of this name. Make one: altar search build RUN --images PHOTOS --out ADDRESS");

    private static string Type(IndexCard card) => card.Scalar == VectorScalar.F32 ? "vector" : "halfvec";
}
