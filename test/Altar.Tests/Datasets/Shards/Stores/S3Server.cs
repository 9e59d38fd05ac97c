using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Altar.Tests.Datasets.Shards.Stores;

/// <summary>A server that speaks S3 (the npm package s3rver, MIT), started for a test. Skips the test where node, npm or the package is not to be had.</summary>
internal sealed class S3Server : IDisposable
{
    public const string Bucket = "altar-test";
    private const string Package = "s3rver@3.7.1";

    // Beside other temporary files, for the next run: never in the repository.
    private static readonly string Home = Path.Combine(Path.GetTempPath(), "altar-tests-" + Package.Replace('@', '-'));
    private static readonly Lazy<string?> Missing = new(Install);

    private readonly TemporaryFolder _data = new();
    private readonly Process _process;

    public S3Server()
    {
        if (Missing.Value is { } reason) Assert.Skip(reason);
        Endpoint = new Uri($"http://127.0.0.1:{FileServer.FreePort()}");
        var port = Endpoint.Port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(new ProcessStartInfo("node", [Script, "-d", _data.Path, "-a", "127.0.0.1", "-p", port, "--silent", "--configure-bucket", Bucket]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        WaitForAnswer();
    }

    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("S3RVER", "S3RVER");

    public Uri Endpoint { get; }

    public void Put(string key, string path)
    {
        using var client = new AmazonS3Client(Credentials, new AmazonS3Config
        {
            ServiceURL = Endpoint.AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        });
        client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, FilePath = path, UseChunkEncoding = false }).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _data.Dispose();
    }

    private static string Script => Path.Combine(Home, "node_modules", "s3rver", "bin", "s3rver.js");

    private static string? Install()
    {
        if (Run("node", ["--version"]) is { } noNode) return $"node is not there: {noNode}";
        if (File.Exists(Script)) return null;
        Directory.CreateDirectory(Home);
        return Run("npm", ["install", "--prefix", Home, "--no-audit", "--no-fund", "--loglevel=error", Package]) is { } noPackage
            ? $"the package {Package} cannot be fetched: {noPackage}"
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

    private void WaitForAnswer()
    {
        while (true)
        {
            if (_process.HasExited) throw new InvalidOperationException($"s3rver ended at once: {_process.StandardError.ReadToEnd()}");
            try
            {
                using var client = new TcpClient(Endpoint.Host, Endpoint.Port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(20);
            }
        }
    }
}
