using Altar.Augmentation;
using Altar.Batching;
using Altar.Datasets;
using Altar.Metrics;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Reports;
using Altar.Tensors;
using Altar.Training;
using Altar.Training.Checkpoints;
using static TorchSharp.torch;

namespace Altar.Recipes.Subjects;

/// <summary>Pictures with a class each.</summary>
internal sealed class ClassificationSubject : RunSubject
{
    private readonly Recipe _recipe;
    private readonly TrainingPictures _pictures;

    public ClassificationSubject(Recipe recipe, TrainingPictures pictures)
    {
        (_recipe, _pictures) = (recipe, pictures);
        Task = new ClassificationTask(pictures.Train.Classes, [.. pictures.Train.Samples.Select(sample => sample.Label)]);
        Training = Feed(pictures.Train);
        Validation = Feed(pictures.Val);
    }

    public override LearningTask Task { get; }

    public override PictureFeed Training { get; }

    public override PictureFeed Validation { get; }

    public override IReadOnlyList<string> Classes => _pictures.Train.Classes;

    public override IReadOnlyList<string> Warnings => _pictures.Warnings;

    public override SetAside SetAside => _pictures.SetAside;

    public override (VisionNetwork Network, LoadReport? Report) CreateNetwork(ModelOptions model, Seed seed, CancellationToken cancel) =>
        PretrainedNetwork.Create(model, Classes.Count, seed, cancel: cancel);

    public override ModelCard Card(PictureView view) => new()
    {
        Model = _recipe.Model with { Weights = "none" },
        Classes = Classes,
        Size = view.Size,
        Shapes = _recipe.Data.Shapes,
        ImageColumn = _recipe.Data.Image,
        LabelColumn = _recipe.Data.Label,
    };

    public override RunReportContent Judge(RunReportContent content, RunFolder folder, VisionNetwork network, IBatchSource? validation, CancellationToken cancel)
    {
        if (validation is null) return content;
        var predictions = new List<Prediction>();
        ValidationPass.Run(network, validation, Add, cancel);
        return content with { Predictions = predictions };

        void Add(Batch batch, Tensor output)
        {
            var probabilities = nn.functional.softmax(output, 1).cpu().contiguous();   // [N, K]
            var rows = probabilities.data<float>().ToArray().Chunk(Classes.Count);
            GC.KeepAlive(probabilities);
            predictions.AddRange(batch.Samples.Zip(rows, (sample, row) => new Prediction(_pictures.Val.Samples[sample].Path, _pictures.Val.Samples[sample].Label, row)));
        }
    }

    private PictureFeed Feed(PictureSet set)
    {
        var shapes = _recipe.Data.Shapes;
        return shapes.Count == 0
            ? new SampleFeed(set.Samples.Count, Samples) { Names = NameOf }
            : new ShapedFeed(new ShapeBuckets(shapes), PictureSizes.Read(set.Samples, SetAside, _recipe.Data.Threads), Samples) { Names = NameOf };

        string NameOf(int sample) => set.Samples[sample].Path;
        PictureSamples Samples(PictureView view) => new(set.Samples, new Augmenter(view.Augmentation, view.Size), _recipe.Model.Preprocessing, SetAside);
    }
}
