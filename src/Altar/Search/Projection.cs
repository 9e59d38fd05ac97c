using Altar.Networks.Weights;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Search;

/// <summary>Features turned so that the first numbers carry most of what tells photos apart, and cut there; whitened, each of them counts alike.</summary>
/// <remarks>PCA of the indexed features; whitening after Jégou and Chum 2012 (Negative evidences and co-occurrences in image retrieval). Results are divided by their length again.</remarks>
public sealed class Projection
{
    private const string MeanName = "mean", DirectionsName = "directions";
    private const double LeastVariance = 1e-6;   // of the largest: directions in which the photos do not differ are noise

    private readonly float[] _mean;
    private readonly float[] _directions;   // D x L, row by row

    private Projection(float[] mean, float[] directions) => (_mean, _directions) = (mean, directions);

    /// <summary>Numbers of a feature.</summary>
    public int FeatureLength => _mean.Length;

    /// <summary>Numbers after the projection.</summary>
    public int Dimensions => _directions.Length / _mean.Length;

    /// <summary>Fits the projection.</summary>
    /// <param name="features">Features of length 1, some at a time; they are read once.</param>
    /// <param name="dimensions">Numbers to keep, 1 to the features' own.</param>
    /// <param name="whitens">Whether all directions get the same variance.</param>
    /// <exception cref="BadInputException">More dimensions than the features have, or not more features than dimensions.</exception>
    public static Projection Fit(IEnumerable<IReadOnlyList<float[]>> features, int dimensions, bool whitens)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (count, mean, covariance) = Moments(features);
        var length = (int)(mean?.shape[0] ?? 0);
        if (dimensions < 1 || dimensions > length) throw new BadInputException($"--dimensions: {dimensions} is out of range; the network's features have {length} numbers.");
        if (count <= dimensions) throw new BadInputException($"--dimensions: {dimensions} of {count} photos cannot be told; index more than {dimensions} photos, or keep fewer dimensions.");
        var (variances, vectors) = linalg.eigh(covariance!);                                    // [L] ascending, [L, L]
        var kept = vectors.narrow(1, length - dimensions, dimensions).flip(1).transpose(0, 1);   // [D, L]
        if (whitens)
        {
            var variance = variances.narrow(0, length - dimensions, dimensions).flip(0);         // [D]
            var least = LeastVariance * variance[0].item<double>();
            kept = kept.div(variance.AddInPlace(least).sqrt().unsqueeze(1));                     // [D, L]
        }

        return new Projection(Floats(mean!), Floats(kept));
    }

    /// <summary>Projects a feature.</summary>
    /// <param name="feature">Of length 1, <see cref="FeatureLength"/> numbers.</param>
    /// <returns>Of length 1, <see cref="Dimensions"/> numbers.</returns>
    public float[] Apply(float[] feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        var centred = new float[_mean.Length];
        for (var i = 0; i < centred.Length; i++) centred[i] = feature[i] - _mean[i];
        var projected = new float[Dimensions];
        for (var row = 0; row < projected.Length; row++) projected[row] = VectorCode.Dot(_directions.AsSpan(row * centred.Length, centred.Length), centred);
        VectorCode.Normalize(projected);
        return projected;
    }

    /// <summary>Writes it as .safetensors.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => AtomicFile.Write(path, Write);

    /// <summary>Reads what <see cref="Write(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public static Projection Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    private static Projection Of(TensorSet tensors, string path) =>
        tensors.Tensors.TryGetValue(MeanName, out var mean) && tensors.Tensors.TryGetValue(DirectionsName, out var directions) && directions.dim() == 2 && directions.shape[1] == mean.numel()
            ? new Projection(Floats(mean), Floats(directions))
            : throw new BadInputException($"{path} is no projection. Build the index anew.");

    internal static Projection Read(Stream stream, string name)
    {
        try
        {
            using var tensors = Safetensors.Read(stream, name);
            return Of(tensors, name);
        }
        catch (InvalidDataException error)
        {
            throw new BadInputException($"{name} is no projection: {error.Message} Build the index anew.", error);
        }
    }

    internal void Write(Stream stream)
    {
        using var mean = tensor(_mean);                                                         // [L]
        using var directions = tensor(_directions, [Dimensions, FeatureLength]);                 // [D, L]
        Safetensors.Write(stream, new Dictionary<string, Tensor> { [MeanName] = mean, [DirectionsName] = directions });
    }

    private static (long Count, Tensor? Mean, Tensor? Covariance) Moments(IEnumerable<IReadOnlyList<float[]>> features)
    {
        var count = 0L;
        Tensor? sum = null, products = null;
        foreach (var some in features.Where(some => some.Count > 0))
        {
            using var scope = NewDisposeScope();
            var flat = some.SelectMany(feature => feature).ToArray();
            var rows = tensor(flat, [some.Count, some[0].Length]).to(ScalarType.Float64);        // [N, L]
            count += some.Count;
            var total = rows.sum([0L]);                                                          // [L]
            var gram = rows.transpose(0, 1).mm(rows);                                            // [L, L]
            sum = sum?.AddInPlace(total) ?? total.MoveToOuterDisposeScope();
            products = products?.AddInPlace(gram) ?? gram.MoveToOuterDisposeScope();
        }

        if (sum is null) return (0, null, null);
        var mean = sum.DivideInPlace(count);                                                     // [L]
        return (count, mean, products!.DivideInPlace(count).sub(mean.unsqueeze(1).mul(mean.unsqueeze(0))));
    }

    private static float[] Floats(Tensor tensor)
    {
        using var plain = tensor.to(ScalarType.Float32).contiguous();
        return plain.data<float>().ToArray();
    }
}
