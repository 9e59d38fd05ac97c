using System.Net;
using Altar.Tensors;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Altar.Datasets.Shards.Stores;

/// <summary>Shards in a bucket of S3 or of a server that speaks its protocol.</summary>
/// <remarks>
/// Keys, region and endpoint come from where Amazon's tools take them: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION,
/// AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, the profile, the machine's role.
/// </remarks>
public sealed class S3Store : IShardStore
{
    private readonly string _bucket, _prefix;
    private readonly AmazonS3Client _client;

    /// <summary>Shards below a prefix.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What the keys begin with, without the last slash; may be empty.</param>
    /// <param name="endpoint">Address of another server than Amazon's; null: from the environment.</param>
    /// <param name="credentials">Null: found as Amazon's tools find them.</param>
    public S3Store(string bucket, string prefix, Uri? endpoint = null, AWSCredentials? credentials = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        (_bucket, _prefix) = (bucket, prefix.Trim('/'));
        var address = endpoint?.AbsoluteUri ?? Named("AWS_ENDPOINT_URL_S3") ?? Named("AWS_ENDPOINT_URL");
        var config = new AmazonS3Config { MaxErrorRetry = 0 };   // the reader tries again itself, from where it stopped
        if (address is not null)
        {
            config.ServiceURL = address;
            config.ForcePathStyle = true;   // other servers rarely have a name for each bucket
            config.AuthenticationRegion = Named("AWS_REGION") ?? "us-east-1";
        }
        else if (config.RegionEndpoint is null)
        {
            throw new BadInputException($"s3://{bucket}: no region and no endpoint is known. Set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a server of your own.");
        }

        _client = credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(credentials, config);
    }

    /// <inheritdoc/>
    public string NameOf(string name) => $"s3://{_bucket}/{KeyOf(name)}";

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(string name, long offset, CancellationToken cancel)
    {
        var request = new GetObjectRequest { BucketName = _bucket, Key = KeyOf(name) };
        if (offset > 0) request.ByteRange = new ByteRange($"bytes={offset}-");
        try
        {
            var response = await _client.GetObjectAsync(request, cancel).ConfigureAwait(false);
            return response.ResponseStream;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return new MemoryStream();   // the object ends before the place
        }
        catch (AmazonServiceException error) when (IsTransient(error))
        {
            throw new TransientException($"{error.ErrorCode} (HTTP {(int)error.StatusCode}): {error.Message}", error);
        }
        catch (AmazonServiceException error)
        {
            throw new BadInputException(Refusal(error, name), error);
        }
        catch (AmazonClientException error)
        {
            throw new BadInputException($"{NameOf(name)}: {error.Message} Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.", error);
        }
        catch (HttpRequestException error)
        {
            throw new TransientException(error.InnerException?.Message ?? error.Message, error);
        }
    }

    /// <inheritdoc/>
    public long? LengthOf(string name) => null;

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private string KeyOf(string name) => _prefix.Length == 0 ? name : $"{_prefix}/{name}";

    // Status 0: no answer came.
    private static bool IsTransient(AmazonServiceException error) =>
        error.StatusCode is 0 or >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || error.ErrorCode is "SlowDown" or "RequestTimeout" or "Throttling";

    private string Refusal(AmazonServiceException error, string name) => error.ErrorCode switch
    {
        "NoSuchKey" => $"{NameOf(name)}: the bucket has no such key. Correct the prefix, or upload the shards with their index.",
        "NoSuchBucket" => $"{NameOf(name)}: there is no bucket '{_bucket}'. Correct its name, or the region or endpoint.",
        _ => $"{NameOf(name)}: S3 refuses ({error.ErrorCode}, HTTP {(int)error.StatusCode}): {error.Message} See to it that these keys may read the bucket.",
    };

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
