// Altar's parts in a plain TorchSharp loop, without its trainer: pictures, hard augmentation, loader, network, schedule, scores.
// dotnet run -c Release --project samples/BareLoop -- photos        (a folder with a folder a class)
using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Images;
using Altar.Losses;
using Altar.Metrics;
using Altar.Networks;
using Altar.Schedules;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Optimizers;
using static TorchSharp.torch;

NativeLibraries.Prepare();
const int epochs = 3;
var seed = new Seed(1);
var data = DataSplit.Of(new DataOptions { Train = args is [var folder, ..] ? folder : "photos" }, seed);
using var network = NetworkCatalog.Create("resnet18", data.Train.Classes.Count, seed: seed);
ChannelsLast.Convert(network);

using var training = Loader(data.Train, AugmentationOptions.Hard, shuffles: true);
using var validation = Loader(data.Val, AugmentationOptions.None, shuffles: false);
using var optimizer = new Sgd(LearningParts.Choose(network, new Stage { WeightDecay = 1e-4 }), momentum: 0.9, nesterov: false);
var rate = Curves.Cosine(0.02, 0).WithWarmUp(0.1);
var (step, steps) = (0, epochs * training.BatchesPerEpoch);

for (var epoch = 0; epoch < epochs; epoch++)
{
    network.train();
    foreach (var batch in training.Epoch(epoch))
    {
        using var scope = NewDisposeScope();   // frees every tensor of the step
        using (batch)
        {
            optimizer.ZeroGradients();
            using var loss = CrossEntropy.Mean(network.call(batch.Images), batch.Labels);   // [N, 3, 64, 64] -> [N, K] -> []
            loss.backward();
            optimizer.Step(rate((double)step++ / steps));
        }
    }

    var scores = Judge();
    Console.WriteLine($"epoch {epoch + 1}: top-1 {scores.Top1:0.000}, log-loss {scores.LogLoss:0.000}");
}

BatchLoader Loader(PictureSet set, AugmentationOptions augmentation, bool shuffles) => new(
    new PictureSamples(set.Samples, new Augmenter(augmentation, PixelSize.Square(64)), Normalization.ImageNet, new SetAside()),
    new BatchOptions { Batch = 32, Shuffles = shuffles, SmallestBatch = shuffles ? 2 : 1 }, seed);

ClassificationScores Judge()
{
    network.eval();
    using var noGradient = no_grad();
    var tally = new ClassificationTally(data.Val.Classes);
    foreach (var batch in validation.Epoch(0))
    {
        using var scope = NewDisposeScope();
        using (batch)
        {
            var probabilities = network.call(batch.Images).softmax(1).contiguous();   // [N, K]
            foreach (var (row, label) in probabilities.data<float>().ToArray().Chunk(data.Val.Classes.Count).Zip(batch.Labels.data<long>().ToArray()))
                tally.Add((int)label, row);
        }
    }

    return tally.Scores();
}
