using Altar.Losses;
using static TorchSharp.torch;

namespace Altar.Tests.Losses;

/// <summary>Each loss on a picture of four pixels, worked out on paper.</summary>
public sealed class PixelLossByHandTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    // p = 1/2, 3/4, 1/4, 3/4 against t = 1, 1, 0, 0: I = 5/4, P = 9/4, T = 2.
    private readonly Tensor _half = tensor([0, MathF.Log(3), -MathF.Log(3), MathF.Log(3)]).reshape(1, 1, 2, 2);
    private readonly Tensor _truth = tensor([1L, 1, 0, 0]).reshape(1, 2, 2);

    // Softmax (2/3, 1/3) and (1/4, 3/4): class 0 has I = 2/3, P = 11/12, T = 1; class 1 has I = 3/4, P = 13/12, T = 1.
    private readonly Tensor _two = tensor([MathF.Log(2), 0, 0, MathF.Log(3)]).reshape(1, 2, 1, 2);
    private readonly Tensor _classes = tensor([0L, 1]).reshape(1, 1, 2);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Binary_cross_entropy_is_the_mean_surprise() =>
        Near((Math.Log(2) + Math.Log(4 / 3.0) + Math.Log(4 / 3.0) + Math.Log(4)) / 4, PixelBinaryCrossEntropy.Mean(_half, _truth));

    [Fact]
    public void A_class_weight_of_one_channel_weighs_the_class_against_its_background() =>
        Near(((3 * Math.Log(2)) + (3 * Math.Log(4 / 3.0)) + Math.Log(4 / 3.0) + Math.Log(4)) / 8, PixelBinaryCrossEntropy.Mean(_half, _truth, tensor([3f])));

    [Fact]
    public void Cross_entropy_is_the_mean_surprise_of_the_softmax() =>
        Near((Math.Log(1.5) + Math.Log(4 / 3.0)) / 2, PixelCrossEntropy.Mean(_two, _classes));

    [Fact]
    public void Cross_entropy_of_one_channel_is_refused() =>
        Assert.Throws<ArgumentException>(() => PixelCrossEntropy.Mean(_half, _truth));

    [Fact]
    public void Dice_is_one_minus_twice_the_overlap_over_both_areas() =>
        Near(1 - (3.5 / 5.25), SoftDice.Mean(_half, _truth));

    [Fact]
    public void Dice_averages_the_classes_by_their_weights()
    {
        var first = 1 - (((2 * 2 / 3.0) + 1) / ((11 / 12.0) + 1 + 1));
        var second = 1 - (((2 * 3 / 4.0) + 1) / ((13 / 12.0) + 1 + 1));

        Near((first + second) / 2, SoftDice.Mean(_two, _classes));
        Near(((3 * first) + second) / 4, SoftDice.Mean(_two, _classes, tensor([3f, 1f])));
    }

    [Fact]
    public void Jaccard_is_one_minus_the_overlap_over_the_union() =>
        Near(1 - (2.25 / 4), SoftJaccard.Mean(_half, _truth));

    [Fact]
    public void Log_jaccard_is_not_smoothed_and_sums_the_classes()
    {
        Near(-Math.Log(1.25 / 3), LogJaccard.Mean(_half, _truth));
        Near(-Math.Log(2 / 3.0 / (1 + (11 / 12.0) - (2 / 3.0))) - Math.Log(0.75 / (1 + (13 / 12.0) - 0.75)), LogJaccard.Mean(_two, _classes));
    }

    [Fact]
    public void Log_jaccard_takes_the_batch_as_one_picture()
    {
        var (both, truth) = (cat([_half, _half], 0), cat([_truth, zeros_like(_truth)], 0));

        Near(-Math.Log(1.25 / (4.5 + 2 - 1.25)), LogJaccard.Mean(both, truth));                      // I = 5/4, P = 9/2, T = 2
    }

    [Fact]
    public void Log_jaccard_without_an_object_is_finite() =>
        Near(-Math.Log(1e-15 / 2.25), LogJaccard.Mean(_half, zeros_like(_truth)), 1e-3);

    [Fact]
    public void Log_dice_is_minus_the_logarithm_of_the_plain_dice()
    {
        Near(-Math.Log(2.5 / 4.25), LogDice.Mean(_half, _truth));
        Near(-Math.Log(1e-15 / 2.25), LogDice.Mean(_half, zeros_like(_truth)), 1e-3);
    }

    [Fact]
    public void Carvana_dice_has_the_one_inside_the_doubled_overlap() =>
        Near(1 - (2 * 2.25 / 5.25), CarvanaDice.Mean(_half, _truth));

    [Fact]
    public void Carvana_dice_of_a_perfect_answer_passes_one_and_is_held_without_a_gradient()
    {
        var scores = tensor([40f, 40, -40, -40]).reshape(1, 1, 2, 2).requires_grad_();              // (2T + 2) / (2T + 1) = 6/5

        var loss = CarvanaDice.Mean(scores, _truth);
        loss.backward();

        Assert.Equal(0, loss.item<float>());
        Assert.All(scores.grad!.data<float>().ToArray(), slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void Carvana_dice_averages_the_samples_before_it_is_held()
    {
        var scores = cat([_half, full(new long[] { 1, 1, 2, 2 }, -40f)], 0);                         // the second is an empty pair: 2
        var truth = cat([_truth, zeros_like(_truth)], 0);

        Near(0, CarvanaDice.Mean(scores, truth));                                                    // (6/7 + 2) / 2 > 1
        Assert.Equal([1 - (6 / 7f), 0], CarvanaDice.Each(scores, truth).data<float>().ToArray(), Close);
    }

    [Fact]
    public void Tversky_has_a_price_for_false_alarms_and_one_for_misses()
    {
        Near(1 - (2.25 / (2.25 + (0.3 * 1) + (0.7 * 0.75))), Tversky.Mean(_half, _truth));
        Near(SoftDice.Mean(_half, _truth, smooth: 2).item<float>(), Tversky.Mean(_half, _truth, null, 0.5, 0.5));       // (I + 1) / ((P + T) / 2 + 1)
        Near(SoftJaccard.Mean(_half, _truth).item<float>(), Tversky.Mean(_half, _truth, null, 1, 1));
    }

    [Fact]
    public void Focal_turns_the_sure_pixels_down()
    {
        var expected = (Math.Log(2) / 4) + (Math.Log(4 / 3.0) / 16) + (Math.Log(4 / 3.0) / 16) + (Math.Log(4) * 9 / 16);

        Near(expected / 4, PixelFocal.Mean(_half, _truth));
        Near(PixelBinaryCrossEntropy.Mean(_half, _truth).item<float>(), PixelFocal.Mean(_half, _truth, gamma: 0));
        Near(((Math.Log(1.5) / 9) + (Math.Log(4 / 3.0) / 16)) / 2, PixelFocal.Mean(_two, _classes));
    }

    [Fact]
    public void Lovasz_hinge_pays_for_each_error_what_the_iou_loses()
    {
        // Scores 0, 3, -3, 3: errors 1, -2, -2, 4. Worst is a false alarm: IoU 1 to 2/3; then a miss: 2/3 to 1/3.
        var scores = tensor([0f, 3, -3, 3]).reshape(1, 1, 2, 2);

        Near((4 / 3.0) + (1 / 3.0), Lovasz.Mean(scores, _truth));
    }

    [Fact]
    public void Lovasz_softmax_of_hard_answers_is_one_minus_the_mean_iou()
    {
        // Answers 0, 1, 1, 1 against 0, 0, 1, 1: IoU 1/2 and 2/3.
        var scores = tensor([50f, -50, -50, -50, -50, 50, 50, 50]).reshape(1, 2, 2, 2);

        Near(1 - ((0.5 + (2 / 3.0)) / 2), Lovasz.Mean(scores, tensor([0L, 0, 1, 1]).reshape(1, 2, 2)));
    }

    [Fact]
    public void Lovasz_prices_add_up_to_the_whole_loss_and_are_counted_in_double()
    {
        var prices = Lovasz.Prices(tensor([1f, 0, 1, 0]).reshape(1, 1, 4));                          // IoU 1/2, 1/3, 0, 0

        Assert.Equal([0.5, 1 / 6.0, 1 / 3.0, 0], prices.data<double>().ToArray(), (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void The_border_window_grows_with_the_picture() =>
        Assert.Equal([11, 11, 21, 21, 41, 51], new long[] { 64, 128, 256, 512, 1024, 1280 }.Select(BorderWeight.Window));

    [Fact]
    public void Pixels_near_a_border_weigh_three_times_as_much()
    {
        // 24 columns, the right half is the object; within 5 columns of the border a lies between 0.01 and 0.99: 10 of 24 columns.
        // Rows near the picture's edge see background beyond it: within 5 rows all of the object is border too, so one row of 24 is looked at.
        var truth = zeros(1, 24, 24, ScalarType.Int64);
        truth[TensorIndex.Ellipsis, TensorIndex.Slice(12, 24)] = 1;
        var scores = zeros(1, 1, 24, 24);
        scores[0, 0, 12, 12] = 1000;                                                                 // right, without loss
        scores[0, 0, 12, 0] = 1000;                                                                  // wrong, far away: 1000
        var farAway = BorderCrossEntropy.Mean(scores, truth).item<float>();
        scores[0, 0, 12, 0] = 0;
        scores[0, 0, 12, 11] = 1000;                                                                 // wrong at the border
        var atBorder = BorderCrossEntropy.Mean(scores, truth).item<float>();

        Assert.Equal(3, (atBorder - Math.Log(2)) / (farAway - Math.Log(2)), 1e-2);
    }

    [Fact]
    public void Half_precision_is_summed_in_float()
    {
        var scores = zeros(1, 1, 300, 300, ScalarType.BFloat16);                                     // P = 45000: no bfloat16 step is that fine

        Near(1 - (1 / 45001.0), SoftDice.Mean(scores, zeros(1, 300, 300, ScalarType.Int64)), 1e-6);
    }

    [Fact]
    public void A_target_of_another_shape_or_type_is_named()
    {
        Assert.StartsWith("target must be [1, 2, 2], but is [1, 1, 2].", Assert.Throws<ArgumentException>(() => SoftDice.Mean(_half, _classes)).Message, StringComparison.Ordinal);
        Assert.StartsWith("target must be int64, but is Int32.", Assert.Throws<ArgumentException>(() => SoftDice.Mean(_half, _truth.to(ScalarType.Int32))).Message, StringComparison.Ordinal);
        Assert.StartsWith("classWeights must be [1], but is [2].", Assert.Throws<ArgumentException>(() => SoftDice.Mean(_half, _truth, tensor([1f, 1f]))).Message, StringComparison.Ordinal);
    }

    private static void Near(double expected, Tensor actual, double tolerance = 1e-5) => Assert.Equal(expected, actual.item<float>(), tolerance);

    private static bool Close(float one, float other) => Math.Abs(one - other) < 1e-5;
}
