using System.Text.RegularExpressions;
using Altar.Tensors;
using Npgsql;

namespace Altar.Search;

/// <summary>The address of a table: <c>postgresql://user:password@host:port/database?table=photos</c>.</summary>
/// <param name="Connection">What Npgsql connects with.</param>
/// <param name="Table">The table: small letters, digits and underscores, at most 40.</param>
public sealed partial record PostgresAddress(string Connection, string Table)
{
    private const int DefaultPort = 5432;

    /// <summary>Whether a text begins like an address.</summary>
    /// <param name="place">A folder or an address.</param>
    public static bool IsOne(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.StartsWith("postgresql://", StringComparison.Ordinal) || place.StartsWith("postgres://", StringComparison.Ordinal);
    }

    /// <summary>Reads an address. User and password may be left to PGUSER and PGPASSWORD; further words after <c>?</c> are Npgsql's, e.g. <c>sslmode=require</c>.</summary>
    /// <param name="text">The address.</param>
    /// <exception cref="BadInputException">It is none, or names no table.</exception>
    public static PostgresAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)) throw Wrong("it is no address");
        var connection = new NpgsqlConnectionStringBuilder { Host = address.Host, Port = address.Port > 0 ? address.Port : DefaultPort, Database = Uri.UnescapeDataString(address.AbsolutePath.Trim('/')) };
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0) connection.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) connection.Password = Uri.UnescapeDataString(user[1]);
        var table = "";
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=', 2)))
        {
            var value = Uri.UnescapeDataString(pair[^1]);
            if (pair[0] == "table") table = value;
            else Set(connection, pair[0], value);
        }

        return Name().IsMatch(table) ? new PostgresAddress(connection.ConnectionString, table) : throw Wrong("it must end in ?table=NAME, of small letters, digits and underscores");
    }

    /// <summary>Host, database and table; no password.</summary>
    public override string ToString()
    {
        var connection = new NpgsqlConnectionStringBuilder(Connection);
        return $"postgresql://{connection.Host}:{connection.Port}/{connection.Database}?table={Table}";
    }

    private static void Set(NpgsqlConnectionStringBuilder connection, string word, string value)
    {
        try
        {
            connection[word] = value;
        }
        catch (Exception error) when (error is ArgumentException or KeyNotFoundException or FormatException)
        {
            throw Wrong($"'{word}={value}' is not known to Npgsql");
        }
    }

    // The text itself may hold a password.
    private static BadInputException Wrong(string reason) => new($"The address of the index cannot be read: {reason}. Write postgresql://user@host/database?table=photos.");

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,39}$")]
    private static partial Regex Name();
}
