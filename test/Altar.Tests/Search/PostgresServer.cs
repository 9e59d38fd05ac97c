using System.ComponentModel;
using System.Diagnostics;
using Altar.Tests.Search;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Altar.Tests.Search;

/// <summary>
/// PostgreSQL with pgvector, started once for all tests: the npm packages pglite, pglite-pgvector and pglite-socket (Apache-2.0), or the server that the environment variable
/// ALTAR_POSTGRES names. Skips a test where node, npm or the packages are not to be had.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly string[] Packages = ["@electric-sql/pglite@0.5.14", "@electric-sql/pglite-pgvector@0.0.15", "@electric-sql/pglite-socket@0.2.17"];

    // Beside other temporary files, for the next run: never in the repository.
    private static readonly string Home = Path.Combine(Path.GetTempPath(), "altar-tests-pglite-0.5.14");

    private readonly object _lock = new();
    private Process? _process;
    private string? _address, _missing;

    /// <summary>The address of a table that is not there yet.</summary>
    public string NewTable()
    {
        lock (_lock)
        {
            if (_address is null && _missing is null) Start();
        }

        if (_missing is { } reason) Assert.Skip(reason);
        return $"{_address}?table=photos_{Guid.NewGuid():N}&pooling=false";
    }

    public void Dispose()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Script => Path.Combine(Home, "node_modules", "@electric-sql", "pglite-socket", "dist", "scripts", "server.js");

    private void Start()
    {
        _address = Environment.GetEnvironmentVariable("ALTAR_POSTGRES");
        if (_address is not null || (_missing = Install()) is not null) return;
        var words = new[] { Script, "--port=0", "--max-connections=8", "--extensions=@electric-sql/pglite-pgvector:vector" };
        _process = Process.Start(new ProcessStartInfo("node", words) { WorkingDirectory = Home, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = _process.StandardError.ReadToEndAsync();
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Split("\"port\":") is not [_, var port]) continue;
            _ = _process.StandardOutput.ReadToEndAsync();
            _address = $"postgresql://postgres:postgres@127.0.0.1:{port.Split(',', '}')[0]}/postgres";
            return;
        }

        throw new InvalidOperationException("The PostgreSQL server of the test ended at once.");
    }

    private static string? Install()
    {
        if (Run("node", ["--version"]) is { } noNode) return $"node is not there: {noNode}";
        if (File.Exists(Script)) return null;
        Directory.CreateDirectory(Home);
        return Run("npm", ["install", "--prefix", Home, "--no-audit", "--no-fund", "--loglevel=error", .. Packages]) is { } noPackage
            ? $"the packages {string.Join(", ", Packages)} cannot be fetched: {noPackage}"
            : null;
    }

    /// <returns>Null where it went well, else what it said.</returns>
    private static string? Run(string program, IEnumerable<string> words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            _ = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : errors.Trim();
        }
        catch (Win32Exception error)
        {
            return error.Message;
        }
    }
}
