using Altar.Tensors;

namespace Altar.Tests.Tensors;

public class SeedTests
{
    [Fact]
    public void The_same_name_gives_the_same_numbers()
    {
        var one = new Seed(7).For("augmentation").For(3).ToRandom();
        var other = new Seed(7).For("augmentation").For(3).ToRandom();

        Assert.Equal(Enumerable.Range(0, 20).Select(_ => one.Next(1000)), Enumerable.Range(0, 20).Select(_ => other.Next(1000)));
    }

    [Fact]
    public void Neighbouring_parts_are_unrelated()
    {
        var means = Enumerable.Range(0, 2000).Select(part => new Seed(1).For(part).ToRandom().NextDouble()).Average();

        Assert.InRange(means, 0.47, 0.53);   // standard error of 2000 uniform draws: 0.0065
    }

    [Fact]
    public void Draws_stay_inside_their_range()
    {
        var random = new Seed(5).ToRandom();
        var draws = Enumerable.Range(0, 5000).Select(_ => random.Next(-3, 4)).ToList();

        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], draws.Distinct().Order());
    }
}
