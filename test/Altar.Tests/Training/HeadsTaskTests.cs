using Altar.Datasets.Heads;
using Altar.Networks;
using Altar.Training;
using static TorchSharp.torch;

namespace Altar.Tests.Training;

/// <summary>Four heads over nine outputs: category (2 classes), rules (2 labels), title (3 titles), and price, a value.</summary>
public class HeadsTaskTests
{
    private static readonly double Ln2 = Math.Log(2);

    private static readonly HeadLayout Layout = HeadLayout.Of(
    [
        new("category", HeadKind.Single, ["hat", "shoe"]), new("rules", HeadKind.Multi, ["blurred", "text"]),
        new("title", HeadKind.Title, ["a", "b", "c"]), new("price", HeadKind.Value),
    ]);

    private const long None = HeadPlace.NoValue;

    [Fact]
    public void A_loss_is_the_weighted_sum_of_each_heads_mean_over_its_labelled_samples()
    {
        // Outputs of 0: a softmax over K classes costs ln K, a label ln 2. Price 30 is (30 - 10) / 20 = 1 away from an output of 0: Huber 0.5.
        using var output = zeros(3, 8);
        using var targets = Targets([0, 1, 0, 2, HeadPlace.ToSlot(30)], [1, -1, -1, -1, None], [-1, -1, -1, -1, HeadPlace.ToSlot(10)]);

        Assert.Equal((1 * Ln2) + (2 * Ln2) + (3 * Math.Log(3)) + (4 * (0.5 + 0) / 2), Mean(Objective(), output, targets), 1e-6);
    }

    [Fact]
    public void The_loss_of_each_sample_sums_its_own_heads()
    {
        using var output = zeros(2, 8);
        using var targets = Targets([0, 1, 0, -1, None], [-1, -1, -1, 2, HeadPlace.ToSlot(30)]);
        using var each = Objective().Each(output, targets);

        Assert.Equal([(float)(3 * Ln2), (float)((3 * Math.Log(3)) + 2)], each.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_missing_label_changes_no_gradient_of_its_head()
    {
        // The first sample's category and the second's title are not known.
        var gradient = Gradient(Objective(), [-1, 1, 0, 2, None], [1, -1, -1, -1, None]);

        Assert.All(gradient[0][..2], Zero);        // category
        Assert.All(gradient[1][2..], Zero);        // rules, title, price
        Assert.All(gradient[0][2..7], NotZero);
        Assert.All(gradient[1][..2], NotZero);
        Zero(gradient[0][7]);
    }

    [Fact]
    public void An_empty_head_costs_nothing_and_other_heads_do_not_feel_it()
    {
        using var output = zeros(2, 8);
        using var labelled = Targets([0, -1, -1, -1, None], [1, -1, -1, -1, None]);

        Assert.Equal(Ln2, Mean(Objective(), output, labelled), 1e-6);
    }

    [Fact]
    public void More_unlabelled_samples_do_not_dilute_a_head()
    {
        using var alone = zeros(1, 8);
        using var among = zeros(5, 8);
        long[] unlabelled = [-1, 1, 1, -1, None];
        using var one = Targets([0, -1, -1, -1, None]);
        using var five = Targets([0, -1, -1, -1, None], unlabelled, unlabelled, unlabelled, unlabelled);

        Assert.Equal(Mean(Objective(), alone, one) + (2 * Ln2), Mean(Objective(), among, five), 1e-6);   // the rules are added, the category stays
    }

    [Fact]
    public void The_joint_softmax_is_over_the_classes_of_all_single_label_heads()
    {
        // category and title together have 5 classes: ln 5 for each label; the rules keep their sigmoids.
        using var output = zeros(2, 8);
        using var targets = Targets([0, 1, 0, -1, None], [-1, -1, -1, 2, None]);

        Assert.Equal(Math.Log(5) + (2 * Ln2) + (3 * Math.Log(5)), Mean(Objective(SoftmaxScope.Joint), output, targets), 1e-6);
    }

    [Fact]
    public void The_joint_softmax_pulls_at_the_global_index_of_the_class()
    {
        var gradient = Gradient(Objective(SoftmaxScope.Joint), [-1, -1, -1, 1, None])[0];

        // 3 x (1/5 - 1) at title b, which is output 5; 3 x 1/5 at the other four classes, those of category too.
        Assert.Equal([0.6f, 0.6f, 0, 0, 0.6f, -2.4f, 0.6f, 0], gradient, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Theory]
    [InlineData(HeadLoss.Squared, 9)]
    [InlineData(HeadLoss.Absolute, 3)]
    [InlineData(HeadLoss.Huber, 2.5)]
    public void A_value_is_measured_in_its_scale_by_the_chosen_distance(HeadLoss loss, double expected)
    {
        using var output = zeros(1, 8);
        using var targets = Targets([-1, -1, -1, -1, HeadPlace.ToSlot(-50)]);   // (-50 - 10) / 20 = -3

        Assert.Equal(expected, Mean(Objective(value: loss), output, targets) / 4, 1e-6);
    }

    [Fact]
    public void Focal_losses_forgive_what_is_easy()
    {
        using var output = zeros(1, 8);
        using var targets = Targets([0, 1, 0, -1, None]);

        Assert.Equal((0.25 * Ln2) + (2 * 0.25 * Ln2), Mean(Objective(single: HeadLoss.Focal, multi: HeadLoss.Focal), output, targets), 1e-6);   // (1 - 1/2)^2
    }

    [Fact]
    public void Validation_counts_each_head_over_its_own_samples_and_batches_do_not_matter()
    {
        float[] sure = [2, 0, 5, -5, 0, 3, 0, 1], wrong = [2, 0, -5, 5, 3, 0, 0, 0];
        long[] one = [0, 1, 0, 1, HeadPlace.ToSlot(30)], two = [1, -1, -1, 1, HeadPlace.ToSlot(20)], three = [-1, 0, 0, -1, None];
        var whole = Task().BeginValidation();
        Add(whole, [sure, wrong, wrong], [one, two, three]);
        var parts = Task().BeginValidation();
        Add(parts, [sure], [one]);
        Add(parts, [wrong, wrong], [two, three]);

        var values = whole.Values();
        Assert.Equal(["loss", "category.top1", "rules.f1", "title.top1", "title.top5", "price.mae"], values.Metrics.Select(metric => metric.Name));
        Assert.Equal(0.5, values["category.top1"]);                 // hat, and hat for a shoe
        Assert.Equal((1.0 + 0) / 2, values["rules.f1"]);            // blurred found, text said of the third
        Assert.Equal(0.5, values["title.top1"]);
        Assert.Equal(1, values["title.top5"]);
        Assert.Equal((0 + 10) / 2.0, values["price.mae"]);          // 10 + 20 x 1 = 30, 10 + 20 x 0 = 10
        foreach (var metric in values.Metrics) Assert.Equal(values[metric], parts.Values()[metric], 1e-6);
    }

    [Fact]
    public void Validation_of_one_batch_says_the_loss_of_training()
    {
        using var output = randn(4, 8);
        using var targets = Targets([0, 1, 0, 1, HeadPlace.ToSlot(3)], [1, -1, -1, -1, None], [-1, 0, 1, 2, None], [0, -1, -1, 2, HeadPlace.ToSlot(90)]);
        var tally = Task().BeginValidation();

        tally.Add(output, targets);

        Assert.Equal(Mean(Objective(), output, targets), tally.Values()["loss"], 1e-5);
    }

    [Fact]
    public void A_head_without_labels_in_val_has_no_figure_and_no_part_in_the_loss()
    {
        var tally = Task().BeginValidation();

        Add(tally, [[0, 0, 0, 0, 0, 0, 0, 0]], [[0, -1, -1, -1, None]]);

        Assert.Equal(Ln2, tally.Values()["loss"], 1e-6);
        Assert.True(double.IsNaN(tally.Values()["rules.f1"]));
        Assert.True(double.IsNaN(tally.Values()["price.mae"]));
    }

    [Fact]
    public void A_diverged_network_has_figures_that_say_so()
    {
        var tally = Task().BeginValidation();

        Add(tally, [[.. Enumerable.Repeat(float.NaN, 8)]], [[0, 1, 0, 2, HeadPlace.ToSlot(1)]]);

        Assert.True(double.IsNaN(tally.Values()["loss"]));
        Assert.True(double.IsNaN(tally.Values()["rules.f1"]));
    }

    [Fact]
    public void Fifty_losses_and_validations_leave_no_tensor_behind()
    {
        using var output = zeros(2, 8, requires_grad: true);
        using var targets = Targets([0, 1, 0, 1, HeadPlace.ToSlot(3)], [1, -1, -1, 2, None]);
        var objective = Objective(SoftmaxScope.Joint);
        Once();
        var before = Tensor.TotalCount;

        for (var i = 0; i < 50; i++) Once();

        Assert.Equal(before, Tensor.TotalCount);

        void Once()
        {
            objective.Mean(output, targets).Dispose();
            objective.Each(output, targets).Dispose();
            Task().BeginValidation().Add(output, targets);
        }
    }

    [Fact]
    public void Reused_features_learn_the_same_heads_as_the_pictures()
    {
        using var cached = TinyNetwork.Create(classes: 8);
        using var uncached = TinyNetwork.Create(classes: 8);

        Train(cached, cachesFeatures: true);
        Train(uncached, cachesFeatures: false);

        Assert.NotEqual(TinyNetwork.Create(classes: 8).Numbers(), cached.Numbers());
        Assert.Equal(uncached.Numbers(), cached.Numbers(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    private static void Train(TinyNetwork network, bool cachesFeatures)
    {
        var opener = new StageOpener
        {
            Network = network,
            Task = Task(),
            Training = new SampleFeed(20, _ => new LabelledStripes(20)) { Mixture = seed => epoch => [.. Enumerable.Range(0, 20).Select(place => (place + epoch) % 7)] },
            Validation = new SampleFeed(8, _ => new LabelledStripes(8)),
            Size = Altar.Images.PixelSize.Square(8),
            Dropout = 0,
            Seed = new Altar.Tensors.Seed(3),
            Threads = 2,
            CachesFeatures = cachesFeatures,
        };
        Stage[] stages = [new() { Learns = "head", Epochs = 3, Rate = 0.1, Batch = 5, Norm = NormPolicy.Frozen, Augment = Altar.Augmentation.AugmentationOptions.None }];
        new Trainer(stages, state => opener.Open(stages[state.Stage], state.Stage), Altar.Metrics.Metric.Loss, []).Fit(new TrainingState(), default);
    }

    private static HeadsTask Task(SoftmaxScope scope = SoftmaxScope.Heads, HeadLoss single = HeadLoss.CrossEntropy, HeadLoss multi = HeadLoss.Bce, HeadLoss value = HeadLoss.Huber) => new(
    [
        new(Layout["category"], 1, single), new(Layout["rules"], 2, multi), new(Layout["title"], 3, HeadLoss.CrossEntropy),
        new(Layout["price"], 4, value) { Center = 10, Scale = 20 },
    ], scope);

    private static IObjective Objective(SoftmaxScope scope = SoftmaxScope.Heads, HeadLoss single = HeadLoss.CrossEntropy, HeadLoss multi = HeadLoss.Bce, HeadLoss value = HeadLoss.Huber) =>
        Task(scope, single, multi, value).ObjectiveOf(new Stage());

    private static double Mean(IObjective objective, Tensor output, Tensor targets)
    {
        using var loss = objective.Mean(output, targets);
        return loss.item<float>();
    }

    private static float[][] Gradient(IObjective objective, params long[][] rows)
    {
        using var output = zeros(rows.Length, 8, requires_grad: true);
        using var targets = Targets(rows);
        using var loss = objective.Mean(output, targets);
        loss.backward();
        using var gradient = output.grad!;
        return [.. gradient.data<float>().ToArray().Chunk(8)];
    }

    private static void Add(IValidationTally tally, float[][] outputs, long[][] rows)
    {
        using var output = tensor(outputs.SelectMany(row => row).ToArray(), [outputs.Length, 8]);
        using var targets = Targets(rows);
        tally.Add(output, targets);
    }

    private static Tensor Targets(params long[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, 5]);

    private static void Zero(float number) => Assert.Equal(0, number);

    private static void NotZero(float number) => Assert.NotEqual(0, number);

    // Striped pictures whose stripes are the category; every third one has a title.
    private sealed class LabelledStripes(int count) : Altar.Batching.ISampleSource
    {
        private readonly StripedPictures _pictures = new(count);

        public int Count => count;

        public Altar.Images.PixelSize Size => _pictures.Size;

        public int Channels => 3;

        public IReadOnlyList<long> TargetShape => [5];

        public bool TryFill(int sample, Altar.Tensors.Seed chance, Span<float> input, Span<long> target)
        {
            var label = (stackalloc long[1]);
            _pictures.TryFill(sample, chance, input, label);
            ((long[])[label[0], -1, -1, sample % 3 == 0 ? 1 : -1, None]).CopyTo(target);
            return true;
        }
    }
}
