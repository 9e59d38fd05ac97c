using Altar.Batching;
using Altar.Images;
using Altar.Metrics;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Tests.Training.Tricks;

/// <summary>Tricks know a task by its losses alone: here a network that learns which pixels are bright.</summary>
public class MaskTricksTests
{
    private static readonly Stage Plain = new() { Epochs = 3, Batch = 8, Rate = 0.1, Loss = new Dictionary<string, double> { ["bce"] = 1, ["log_jaccard"] = 0.3 } };

    public static TheoryData<string> Names => ["mixup", "cutmix", "online hard", "selective", "accumulation", "replay", "moving average", "stochastic average", "sampling by loss", "adaptive clipping", "unfreezing"];

    [Theory, MemberData(nameof(Names))]
    public void A_trick_holds_for_masks_and_for_any_number_of_threads(string trick)
    {
        var stage = TrickList.All[trick] with { Loss = Plain.Loss, Rate = Plain.Rate, Dropout = null, Optimizer = OptimizerKind.Sgd };
        var (plain, one, four) = (Train(Plain, 2), Train(stage, 1), Train(stage, 4));

        Assert.All(one, number => Assert.True(float.IsFinite(number)));
        Assert.Equal(one, four);
        Assert.NotEqual(plain, one);
    }

    private static float[] Train(Stage stage, int threads)
    {
        new Seed(1).ApplyToTorch();
        using var network = new BrightPixels();
        var opener = new StageOpener
        {
            Network = network, Task = new SegmentationTask(["bright"]), Training = new SampleFeed(40, _ => new Squares(40)), Validation = new SampleFeed(16, _ => new Squares(16)),
            Size = PixelSize.Square(8), Dropout = 0, Seed = new Seed(3), Threads = threads,
        };
        var state = new Trainer([stage], at => opener.Open(stage, at.Stage), Metric.Iou, []).Fit(new TrainingState(), CancellationToken.None);
        Assert.Equal(3, state.Epochs.Count);
        return [.. network.parameters().SelectMany(weight => weight.data<float>().ToArray())];
    }

    private sealed class BrightPixels : VisionNetwork
    {
        private readonly Conv2d first = nn.Conv2d(3, 4, 3, padding: 1), last = nn.Conv2d(4, 1, 1);

        public BrightPixels() : base("bright") => RegisterComponents();

        public override IReadOnlyList<string> Blocks => ["first."];

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return last.call(nn.functional.relu(first.call(input))).MoveToOuterDisposeScope();   // [N, 1, H, W]
        }
    }

    // A bright square of 4 pixels a side somewhere on noise.
    private sealed class Squares(int count) : ISampleSource
    {
        public int Count => count;

        public PixelSize Size => PixelSize.Square(8);

        public int Channels => 3;

        public IReadOnlyList<long> TargetShape => [8, 8];

        public bool TryFill(int sample, Seed chance, Span<float> input, Span<long> target)
        {
            var random = chance.ToRandom();
            int left = random.Next(5), top = random.Next(5);
            for (var pixel = 0; pixel < 64; pixel++)
            {
                int x = pixel % 8 - left, y = pixel / 8 - top;
                target[pixel] = x is >= 0 and < 4 && y is >= 0 and < 4 ? 1 : 0;
                for (var channel = 0; channel < 3; channel++) input[(3 * pixel) + channel] = target[pixel] + random.NextSingle();
            }

            return true;
        }
    }
}
