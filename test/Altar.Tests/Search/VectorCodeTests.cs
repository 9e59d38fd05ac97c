using Altar.Search;

namespace Altar.Tests.Search;

public class VectorCodeTests
{
    [Fact]
    public void Eight_bits_are_scaled_so_that_the_largest_number_is_127()
    {
        Assert.Equal([127, unchecked((byte)-64), 0], VectorCode.Encode(VectorScalar.I8, [0.2f, -0.1f, 0]));   // -63.5 rounds to the even -64
    }

    [Theory]
    [InlineData(VectorScalar.F32, 12, 1e-7)]
    [InlineData(VectorScalar.F16, 6, 1e-3)]
    [InlineData(VectorScalar.I8, 3, 1e-2)]
    public void A_vector_comes_back_with_length_1(VectorScalar scalar, int bytes, double tolerance)
    {
        var encoded = VectorCode.Encode(scalar, [3, 0, -4]);

        Assert.Equal(bytes, encoded.Length);
        Assert.Equal([0.6, 0, -0.8], VectorCode.Decode(scalar, encoded).Select(value => (double)value), (one, other) => Math.Abs(one - other) < tolerance);
    }

    [Fact]
    public void All_zeros_stay_zeros()
    {
        Assert.Equal([0, 0], VectorCode.Decode(VectorScalar.I8, VectorCode.Encode(VectorScalar.I8, [0, 0])));
    }

    [Fact]
    public void The_dot_product_also_counts_what_does_not_fill_a_register()
    {
        var ones = Enumerable.Repeat(1f, 37).ToArray();

        Assert.Equal(37, VectorCode.Dot(ones, ones));
    }
}
