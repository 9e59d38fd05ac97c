using Altar.Search;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Search;

public class ProjectionTests
{
    // Four points about (0, 0, 1): far apart along x, near along y, not at all along z.
    private static readonly float[][] Points = [[0.4f, 0, 1], [-0.4f, 0, 1], [0, 0.1f, 1], [0, -0.1f, 1]];

    [Fact]
    public void The_directions_are_those_in_which_the_features_differ_most()
    {
        var projection = Projection.Fit([Points], 1, whitens: false);

        Assert.Equal(1, Math.Abs(projection.Apply([0.4f, 0.1f, 1])[0]), 1e-6);
        Assert.Equal(-projection.Apply([0.4f, 0, 1])[0], projection.Apply([-0.4f, 0, 1])[0], 1e-6);
        Assert.Equal((3, 1), (projection.FeatureLength, projection.Dimensions));
    }

    [Fact]
    public void Two_directions_keep_the_angle_that_a_third_does_not_touch()
    {
        var projected = Projection.Fit([Points[..2], Points[2..]], 2, whitens: false).Apply([0.3f, 0.4f, 5]);   // z is left out

        Assert.Equal([0.6, 0.8], projected.Select(value => Math.Abs((double)value)), (one, other) => Math.Abs(one - other) < 1e-6);
    }

    [Fact]
    public void Whitened_both_directions_count_alike()
    {
        // variances 0.08 and 0.005: deviations in the proportion 4 : 1
        var projected = Projection.Fit([Points], 2, whitens: true).Apply([0.4f, 0.1f, 1]);

        Assert.Equal(Math.Abs(projected[0]), Math.Abs(projected[1]), 1e-4);
    }

    [Theory]
    [InlineData(0, "--dimensions: 0 is out of range; the network's features have 3 numbers")]
    [InlineData(4, "--dimensions: 4 is out of range; the network's features have 3 numbers")]
    public void Dimensions_beyond_the_features_are_refused(int dimensions, string message)
    {
        Assert.StartsWith(message, Assert.Throws<BadInputException>(() => Projection.Fit([Points], dimensions, whitens: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_photos_than_dimensions_are_needed()
    {
        Assert.StartsWith("--dimensions: 3 of 3 photos cannot be told", Assert.Throws<BadInputException>(() => Projection.Fit([Points[..3]], 3, whitens: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_reads_back_what_it_wrote()
    {
        var path = Path.GetTempFileName();
        var projection = Projection.Fit([Points], 2, whitens: true);

        projection.Write(path);

        Assert.Equal(projection.Apply([1, 2, 3]), Projection.Read(path).Apply([1, 2, 3]));
        File.WriteAllText(path, "no projection");
        Assert.Contains("is no projection", Assert.Throws<BadInputException>(() => Projection.Read(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void Fitting_leaves_no_tensor_behind()
    {
        Projection.Fit([Points], 2, whitens: true);
        var before = Networks.LiveTensors.Count();

        Projection.Fit([Points[..2], Points[2..]], 2, whitens: true);

        Assert.Equal(before, Tensor.TotalCount);
    }
}
