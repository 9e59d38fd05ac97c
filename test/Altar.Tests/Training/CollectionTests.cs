using System.Diagnostics;
using Altar.Networks;
using Altar.Networks.Backbones;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Tests.Training;

/// <summary>What TorchSharp does not hold, a collection frees: docs/decisions/0008-scalars.md.</summary>
public class CollectionTests
{
    [Theory]
    [InlineData(OptimizerKind.Nesterov)]
    [InlineData(OptimizerKind.AdamW)]
    public void Training_ends_at_the_same_weights_while_a_thread_collects_without_pause(OptimizerKind optimizer)
    {
        var quiet = Trained(optimizer, steps: 1000);

        using var collector = new Collector();
        var disturbed = Trained(optimizer, steps: 1000);

        Assert.Equal(quiet, disturbed);
        Assert.All(disturbed, number => Assert.True(float.IsFinite(number)));
        Assert.True(collector.Collections > 100, $"{collector.Collections} collections");
    }

    private static float[] Trained(OptimizerKind kind, int steps)
    {
        new Seed(1).ApplyToTorch();
        using var network = new Residuals();
        using var images = randn(4, 3, 2, 2);
        using var labels = tensor(new[] { 0L, 1L, 1L, 0L });
        var learning = LearningParts.Choose(network, new Stage { WeightDecay = 0.01 });
        using StageOptimizer optimizer = kind == OptimizerKind.AdamW ? new Altar.Training.Optimizers.AdamW(learning) : new Sgd(learning, 0.9, nesterov: true);
        var step = new TrainStep(network, new ClassificationTask(["a"]).ObjectiveOf(new Stage()), optimizer, headOnly: false);
        network.train();

        for (var i = 0; i < steps; i++) step.Run(images, labels, 1e-3, new Seed((ulong)i));

        return [.. network.state_dict().Values.Where(tensor => tensor.dtype == ScalarType.Float32).SelectMany(tensor => tensor.data<float>().ToArray())];
    }

    /// <summary>Every kind of sum that the networks have, over maps so small that the native calls are short and many.</summary>
    private sealed class Residuals : Classifier
    {
        private readonly Conv2d conv1 = nn.Conv2d(3, 4, 1);
        private readonly BasicBlock block1 = new(4, 4, 1), block2 = new(4, 4, 1);
        private readonly Linear head = nn.Linear(4, 2);

        public Residuals() : base("residuals") => RegisterComponents();

        public override int EmbeddingLength => 4;

        public override string HeadPrefix => "head.";

        public override IReadOnlyList<string> Blocks => ["conv1.", "block1.", "block2."];

        public override Tensor Embed(Tensor images)
        {
            using var scope = NewDisposeScope();
            return block2.call(block1.call(conv1.call(images))).mean([2, 3]).MoveToOuterDisposeScope();   // [N, 4]
        }

        public override Tensor Score(Tensor embedding) => head.call(embedding);
    }

    private sealed class Collector : IDisposable
    {
        private readonly Thread _thread;
        private volatile bool _ends;

        public Collector()
        {
            _thread = new Thread(Collect) { IsBackground = true };
            _thread.Start();
        }

        public long Collections { get; private set; }

        public void Dispose()
        {
            _ends = true;
            _thread.Join();
        }

        private void Collect()
        {
            while (!_ends)
            {
                var start = Stopwatch.GetTimestamp();
                GC.Collect(0);
                Collections++;

                // Among all tests a collection takes long; training must have its turn, or it never ends.
                var collecting = Stopwatch.GetElapsedTime(start);
                while (Stopwatch.GetElapsedTime(start) < 2 * collecting) Thread.SpinWait(20);
            }
        }
    }
}
