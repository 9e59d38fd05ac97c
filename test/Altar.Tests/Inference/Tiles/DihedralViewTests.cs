using Altar.Inference.Tiles;
using static TorchSharp.torch;

namespace Altar.Tests.Inference.Tiles;

public class DihedralViewTests
{
    [Theory]
    [InlineData(ViewSet.None, 1)]
    [InlineData(ViewSet.Flips, 4)]
    [InlineData(ViewSet.D4, 8)]
    public void Each_view_is_undone_and_no_two_are_alike(ViewSet set, int count)
    {
        using var scope = NewDisposeScope();
        var picture = arange(2 * 3 * 5 * 7, dtype: ScalarType.Float32).reshape(2, 3, 5, 7);
        var views = DihedralView.Of(set);

        Assert.Equal(count, views.Count);
        Assert.Equal(default, views[0]);
        Assert.All(views, view => Assert.True(view.Undo(view.Apply(picture)).equal(picture).all().item<bool>()));
        Assert.Equal(count, views.Select(view => string.Join(',', view.Apply(picture).contiguous().data<float>().ToArray())).Distinct().Count());
    }

    [Fact]
    public void A_view_transposes_first()
    {
        using var scope = NewDisposeScope();
        var picture = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

        Assert.Equal([3f, 6, 2, 5, 1, 4], new DihedralView(Transposes: true, MirrorsDown: true, MirrorsAcross: false).Apply(picture).contiguous().data<float>().ToArray());
    }
}
