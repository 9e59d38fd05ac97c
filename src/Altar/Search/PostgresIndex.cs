using System.Text.Json;
using Altar.Tensors;
using Npgsql;
using NpgsqlTypes;
using Pgvector;

namespace Altar.Search;

/// <summary>An index in a table of PostgreSQL with the extension pgvector: for many users or machines.</summary>
/// <remarks>
/// Table NAME has the columns image, vector (vector or halfvec), columns (jsonb), look; table altar_indexes has the cards. Changes lie in one transaction until
/// <see cref="Save"/>. https://github.com/pgvector/pgvector
/// </remarks>
public sealed class PostgresIndex : IVectorIndex
{
    private const int MostExpansion = 1000;   // pgvector's limit of hnsw.ef_search

    private readonly NpgsqlDataSource _source;
    private readonly string _table;
    private readonly bool _isNew;
    private NpgsqlConnection? _writer;
    private NpgsqlTransaction? _changes;

    private PostgresIndex(NpgsqlDataSource source, PostgresAddress address, IndexCard card, Projection? projection, bool isNew) =>
        (_source, _table, Source, Card, Projection, _isNew) = (source, address.Table, address.ToString(), card, projection, isNew);

    /// <summary>Makes the table and its card, in a transaction that <see cref="Save"/> ends.</summary>
    /// <param name="address">Where.</param>
    /// <param name="card">What it is made with; the scalar F32 or F16.</param>
    /// <param name="projection">The projection that the card speaks of, if it does.</param>
    /// <exception cref="BadInputException">The table is there, the scalar or the dimensions are beyond pgvector, or the server cannot be used.</exception>
    public static PostgresIndex Create(PostgresAddress address, IndexCard card, Projection? projection = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(card);
        PostgresTables.RequirePossible(card);
        return PostgresTables.Guard(address, () =>
        {
            PostgresTables.RequireFree(address);
            var index = new PostgresIndex(PostgresTables.Connect(address), address, card, projection, isNew: true);
            index.Run(PostgresTables.Create(address.Table, card));
            return index;
        });
    }

    /// <summary>Opens a table that <see cref="Create"/> made.</summary>
    /// <param name="address">Where.</param>
    /// <param name="expansion">Candidates looked at while searching, instead of the card's. Default null.</param>
    /// <exception cref="BadInputException">There is no such index, or the server cannot be used.</exception>
    public static PostgresIndex Open(PostgresAddress address, int? expansion = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        return PostgresTables.Guard(address, () =>
        {
            var source = PostgresTables.Connect(address);
            var (card, projection) = PostgresTables.ReadCard(source, address);
            if (expansion is { } wanted) card = card with { Hnsw = (card.Hnsw with { ExpansionSearch = wanted }).Validated() };
            return new PostgresIndex(source, address, card, projection, isNew: false);
        });
    }

    /// <inheritdoc/>
    public string Source { get; }

    /// <inheritdoc/>
    public IndexCard Card { get; private set; }

    /// <summary>The projection of its features; null where it has none.</summary>
    public Projection? Projection { get; }

    /// <inheritdoc/>
    public int Count => checked((int)Scalar($"SELECT count(*) FROM {_table}"));

    /// <inheritdoc/>
    public long Bytes => Scalar($"SELECT pg_total_relation_size('{_table}')");

    /// <inheritdoc/>
    public void Add(IReadOnlyList<IndexedPhoto> photos)
    {
        ArgumentNullException.ThrowIfNull(photos);
        using var batch = new NpgsqlBatch(Writer(), _changes);
        foreach (var photo in photos)
        {
            var command = new NpgsqlBatchCommand(
                $"INSERT INTO {_table} (image, vector, columns, look) VALUES ($1, $2, $3, $4) ON CONFLICT (image) DO UPDATE SET vector = excluded.vector, columns = excluded.columns, look = excluded.look");
            command.Parameters.Add(new NpgsqlParameter { Value = photo.Image });
            command.Parameters.Add(new NpgsqlParameter { Value = ToValue(photo.Vector) });
            command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(photo.Columns), NpgsqlDbType = NpgsqlDbType.Jsonb });
            command.Parameters.Add(new NpgsqlParameter { Value = photo.Look is null ? DBNull.Value : LookCode.Encode(photo.Look), NpgsqlDbType = NpgsqlDbType.Bytea });
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0) batch.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Remove(IReadOnlyCollection<string> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var command = new NpgsqlCommand($"DELETE FROM {_table} WHERE image = ANY($1) RETURNING image", Writer(), _changes);
        command.Parameters.Add(new NpgsqlParameter { Value = images.ToArray() });
        using var rows = command.ExecuteReader();
        var removed = new List<string>();
        while (rows.Read()) removed.Add(rows.GetString(0));
        return removed;
    }

    /// <inheritdoc/>
    public IReadOnlyList<SearchHit> Search(float[] query, int count, SearchFilter? filter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (filter is not null) RequireColumns(filter);
        using var reader = Reader();
        using var transaction = _changes is null ? reader.Connection.BeginTransaction() : null;   // SET LOCAL needs one
        Prepare(reader.Connection, count, isFiltered: filter is not null);
        using var command = new NpgsqlCommand("", reader.Connection);
        command.Parameters.Add(new NpgsqlParameter { Value = ToValue(query) });
        var where = filter is null ? "" : " WHERE " + string.Join(" AND ", filter.Columns.Select(condition => Condition(condition, command)));
        command.CommandText = $"SELECT image, vector <=> $1, columns::text FROM {_table}{where} ORDER BY vector <=> $1 LIMIT {count}";
        using var rows = command.ExecuteReader();
        var hits = new List<SearchHit>();
        while (rows.Read()) hits.Add(new SearchHit(rows.GetString(0), Math.Clamp(1 - rows.GetDouble(1), -1, 1), Columns(rows.GetString(2))));
        return hits;
    }

    /// <inheritdoc/>
    public IEnumerable<IndexedPhoto> Photos()
    {
        using var reader = Reader();
        using var command = new NpgsqlCommand($"SELECT image, vector, columns::text, look FROM {_table} ORDER BY image", reader.Connection);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return new IndexedPhoto(rows.GetString(0), ToVector(rows.GetValue(1)), Columns(rows.GetString(2)))
            {
                Look = rows.IsDBNull(3) ? null : LookCode.Decode(rows.GetFieldValue<byte[]>(3)),
            };
        }
    }

    /// <inheritdoc/>
    public void Save()
    {
        if (_changes is null && !_isNew) return;
        Card = Card with { Photos = Count };
        using (var command = PostgresTables.WriteCard(Writer(), _table, Card, Projection)) command.ExecuteNonQuery();
        if (Card.Kind == IndexKind.Hnsw) Run(PostgresTables.Graph(_table, Card));
        _changes!.Commit();
        EndChanges();
    }

    /// <summary>Undoes what was not saved, and closes the connections.</summary>
    public void Dispose()
    {
        EndChanges();
        _source.Dispose();
    }

    internal static void RequireFree(PostgresAddress address) => PostgresTables.Guard(address, () =>
    {
        PostgresTables.RequireFree(address);
        return true;
    });

    private static string Condition(KeyValuePair<string, IReadOnlySet<string>> condition, NpgsqlCommand command)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = condition.Key });
        command.Parameters.Add(new NpgsqlParameter { Value = condition.Value.ToArray() });
        return $"columns->>${command.Parameters.Count - 1} = ANY(${command.Parameters.Count})";
    }

    private static Dictionary<string, string> Columns(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    private object ToValue(float[] vector)
    {
        if (vector.Length != Card.Dimensions) throw new BadInputException($"{Source}: the index has vectors of {Card.Dimensions} numbers, this one has {vector.Length}.");
        return Card.Scalar == VectorScalar.F32 ? new Vector(vector) : new HalfVector(Array.ConvertAll(vector, value => (Half)value));
    }

    private static float[] ToVector(object value)
    {
        var vector = value is HalfVector half ? Array.ConvertAll(half.ToArray(), number => (float)number) : ((Vector)value).ToArray();
        VectorCode.Normalize(vector);
        return vector;
    }

    // A graph that is filtered afterwards finds too few: iterative scans go on until there are enough.
    private void Prepare(NpgsqlConnection connection, int count, bool isFiltered)
    {
        if (Card.Kind != IndexKind.Hnsw) return;
        var expansion = Math.Min(MostExpansion, Math.Max(count, Card.Hnsw.ExpansionSearch));
        using var command = new NpgsqlCommand($"SET LOCAL hnsw.ef_search = {expansion}" + (isFiltered ? "; SET LOCAL hnsw.iterative_scan = strict_order" : ""), connection);
        command.ExecuteNonQuery();
    }

    private void RequireColumns(SearchFilter filter)
    {
        using var reader = Reader();
        foreach (var column in filter.Columns.Keys)
        {
            using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT 1 FROM {_table} WHERE columns ? $1)", reader.Connection) { Parameters = { new NpgsqlParameter { Value = column } } };
            if ((bool)command.ExecuteScalar()!) continue;
            using var keys = new NpgsqlCommand($"SELECT DISTINCT key FROM {_table}, jsonb_object_keys(columns) AS key ORDER BY key", reader.Connection);
            using var rows = keys.ExecuteReader();
            var known = new List<string>();
            while (rows.Read()) known.Add(rows.GetString(0));
            throw PhotoTable.NoColumn(Source, column, known);
        }
    }

    private long Scalar(string query)
    {
        using var reader = Reader();
        using var command = new NpgsqlCommand(query, reader.Connection);
        return (long)command.ExecuteScalar()!;
    }

    private void Run(string statements)
    {
        using var command = new NpgsqlCommand(statements, Writer(), _changes);
        command.ExecuteNonQuery();
    }

    // What is read while there are changes must see them.
    private Reading Reader() => _writer is null ? new Reading(_source.OpenConnection(), isOwn: true) : new Reading(_writer, isOwn: false);

    private NpgsqlConnection Writer()
    {
        if (_writer is not null) return _writer;
        _writer = _source.OpenConnection();
        _changes = _writer.BeginTransaction();
        return _writer;
    }

    private void EndChanges()
    {
        _changes?.Dispose();
        _writer?.Dispose();
        (_changes, _writer) = (null, null);
    }

    private readonly struct Reading(NpgsqlConnection connection, bool isOwn) : IDisposable
    {
        public NpgsqlConnection Connection => connection;

        public void Dispose()
        {
            if (isOwn) connection.Dispose();
        }
    }
}
