using Altar.Batching;
using Altar.Images;
using Altar.Metrics;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Tricks;

namespace Altar.Tests.Training.Tricks;

public class SuspectsTests
{
    [Fact]
    public void A_confident_other_class_is_suspected_and_a_hard_sample_is_not()
    {
        SampleRecord[] records =
        [
            new(0, Loss: 0.1, Guess: 0, Disagreement: 0),
            new(1, Loss: 3.5, Guess: 2, Disagreement: 0.9),     // sure of another class
            new(2, Loss: 2.9, Guess: 1, Disagreement: 0.1),     // hard: no class is sure
            new(3, Loss: 2.0, Guess: 0, Disagreement: 0.6),
            new(4, Loss: 1.5, Guess: -1, Disagreement: 0.8),    // a task without classes
        ];

        Assert.Equal([1, 3], Suspects.Find(records, [0, 0, 0, 1, 1]).Select(suspect => suspect.Sample));
        Assert.Equal([1], Suspects.Find(records, [0, 0, 0, 1, 1], least: 0.7).Select(suspect => suspect.Sample));
    }

    // Of 120 striped pictures every tenth has the other label: 12.
    [Fact]
    public void Flipped_labels_are_found_while_a_network_learns()
    {
        using var network = TinyNetwork.Create();
        var pictures = new FlippedStripes(120);
        var labels = Enumerable.Range(0, 120).Select(FlippedStripes.LabelOf).ToList();
        IReadOnlyList<SampleRecord> suspects = [];
        var opener = new StageOpener
        {
            Network = network,
            Task = new ClassificationTask(["upright", "level"], labels),
            Training = new SampleFeed(120, _ => pictures),
            Validation = new SampleFeed(20, _ => new StripedPictures(20)),
            Size = PixelSize.Square(8),
            Dropout = 0,
            Seed = new Seed(1),
        };
        Stage[] stages = [new() { Epochs = 12, Batch = 12, Rate = 0.05, Suspects = true }];

        new Trainer(stages, state => opener.Open(stages[state.Stage], state.Stage), Metric.LogLoss, [new AtEnd(history => suspects = Suspects.Find(history.Records(), labels))]).Fit(new TrainingState(), CancellationToken.None);

        var right = suspects.Count(suspect => suspect.Sample % 10 == 0);
        Assert.True(right >= 11, $"found {right} of 12");                                      // recall 0.9
        Assert.True(right >= 0.9 * suspects.Count, $"{right} of {suspects.Count} are right");   // precision 0.9
    }

    private sealed class AtEnd(Action<SampleHistory> receive) : TrainingHook
    {
        public override void OnStageEnd(in StageEnd moment) => receive(moment.Session.Tricks.OfType<SampleHistory>().Single());
    }

    private sealed class FlippedStripes(int count) : ISampleSource
    {
        private readonly StripedPictures _right = new(count, fixedView: false);

        public int Count => count;

        public PixelSize Size => _right.Size;

        public int Channels => _right.Channels;

        public IReadOnlyList<long> TargetShape => _right.TargetShape;

        public static int LabelOf(int sample) => sample % 10 == 0 ? 1 - (sample % 2) : sample % 2;

        public bool TryFill(int sample, Seed chance, Span<float> input, Span<long> target)
        {
            _right.TryFill(sample, chance, input, target);
            target[0] = LabelOf(sample);
            return true;
        }
    }
}
