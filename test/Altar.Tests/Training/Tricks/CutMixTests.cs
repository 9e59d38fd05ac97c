using Altar.Images;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Tricks;
using static TorchSharp.torch;

namespace Altar.Tests.Training.Tricks;

public class CutMixTests
{
    [Fact]
    public void The_rectangle_comes_from_the_partner_and_the_rest_stays()
    {
        using var scope = NewDisposeScope();
        var pictures = stack([zeros(1, 3, 4), ones(1, 3, 4)]);   // [2, 1, 3, 4]

        var pasted = CutMix.Paste(pictures, tensor(new[] { 1L, 0L }), new PixelBox(X: 2, Y: 1, Width: 2, Height: 2));

        Assert.Equal(
            [
                0, 0, 0, 0,
                0, 0, 1, 1,
                0, 0, 1, 1,
            ], pasted[0].contiguous().data<float>().ToArray());
        Assert.Equal(4f, pasted[0].sum().item<float>());
        Assert.Equal(8f, pasted[1].sum().item<float>());
        Assert.Equal(0f, pictures[0].sum().item<float>());
    }

    [Fact]
    public void The_rectangle_has_its_share_of_the_area_and_is_cut_at_the_border()
    {
        var random = new Seed(3).ToRandom();
        var boxes = Enumerable.Range(0, 500).Select(_ => CutMix.Draw(random, new PixelSize(200, 100), share: 0.25)).ToList();

        Assert.All(boxes, box => Assert.True(box.LiesIn(new PixelSize(200, 100))));
        Assert.All(boxes, box => Assert.InRange(box.Size.Area, 1, 5000));
        Assert.Contains(boxes, box => box.Size == new PixelSize(100, 50));   // a quarter of 20000
    }

    [Fact]
    public void A_label_shares_the_loss_by_area()
    {
        using var scope = NewDisposeScope();
        var batch = new StepBatch(stack([zeros(3, 8, 8), ones(3, 8, 8)]), tensor(new[] { 0L, 1L }));

        for (var seed = 0; seed < 20; seed++)
        {
            var mixed = Mixing.Mix(batch, new StepOptions { Cutmix = 1 }, new Seed((ulong)seed).ToRandom());
            var partners = mixed.Others!.data<long>().ToArray();
            var means = mixed.Input.mean([1, 2, 3]).data<float>().ToArray();

            // The mean brightness tells how much of a picture is the white one.
            Assert.Equal(partners[0] == 0 ? 0 : mixed.Share, means[0], 1e-5);
        }
    }

    [Fact]
    public void A_mask_moves_with_its_pixels()
    {
        using var scope = NewDisposeScope();
        var masks = stack([zeros(8, 8, ScalarType.Int64), ones(8, 8, ScalarType.Int64)]);   // [2, 8, 8]
        var pictures = masks.unsqueeze(1).to_type(ScalarType.Float32);                      // [2, 1, 8, 8]

        var pasted = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var mixed = Mixing.Mix(new StepBatch(pictures, masks), new StepOptions { Cutmix = 1 }, new Seed((ulong)seed).ToRandom());

            Assert.Null(mixed.Others);
            Assert.Equal(mixed.Targets.data<long>().ToArray().Select(label => (float)label), mixed.Input.contiguous().data<float>().ToArray());
            if (mixed.Targets[0].sum().item<long>() > 0) pasted++;
        }

        Assert.InRange(pasted, 5, 15);   // each is its own partner in half of the draws
    }

    [Fact]
    public void The_order_of_the_axes_in_memory_is_kept()
    {
        using var scope = NewDisposeScope();
        var pictures = ChannelsLast.Of(randn(4, 3, 6, 6));

        Assert.True(ChannelsLast.Holds(Mixing.Mix(new StepBatch(pictures, zeros(4, ScalarType.Int64)), new StepOptions { Cutmix = 1 }, new Seed(1).ToRandom()).Input));
        Assert.True(ChannelsLast.Holds(Mixing.Mix(new StepBatch(pictures, zeros(4, ScalarType.Int64)), new StepOptions { Mixup = 1 }, new Seed(1).ToRandom()).Input));
    }
}
