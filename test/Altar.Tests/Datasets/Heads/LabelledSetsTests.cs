using Altar.Datasets.Heads;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Heads;

public sealed class LabelledSetsTests : IDisposable
{
    private static readonly HeadSpec[] Heads = [new("category", HeadKind.Single), new("kids", HeadKind.Single), new("rules", HeadKind.Multi)];
    private readonly TemporaryFolder _folder = new();
    private readonly LabelledSetOptions _adverts, _kids;

    public LabelledSetsTests()
    {
        _folder.Touch("1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg");
        _adverts = new LabelledSetOptions
        {
            Path = _folder.Write("adverts.csv", "image,what,flags\n1.jpg,shoes,text;blurred\n2.jpg,hat,-\n3.jpg,,\n"),
            Labels = new Dictionary<string, string> { ["category"] = "what", ["rules"] = "flags" },
        };
        _kids = new LabelledSetOptions
        {
            Path = _folder.Write("kids.jsonl", "{\"file\": \"4.jpg\", \"kids\": true, \"what\": \"coat\"}\n{\"file\": \"5.jpg\", \"kids\": false, \"what\": null}\n"),
            Image = "file",
            Labels = new Dictionary<string, string> { ["kids"] = "kids", ["category"] = "what" },
        };
    }

    public void Dispose() => _folder.Dispose();

    private static long[] Target(LabelledSets sets, int sample)
    {
        var target = new long[sets.Layout.Slots];
        sets.Write(sample, target);
        return target;
    }

    [Fact]
    public void Every_sample_has_a_target_for_every_head_and_missing_labels_say_so()
    {
        var sets = LabelledSets.Open([_adverts, _kids], Heads);

        Assert.Equal(["coat", "hat", "shoes"], sets.Layout["category"].Classes);   // of both sets
        Assert.Equal(["false", "true"], sets.Layout["kids"].Classes);
        Assert.Equal(["blurred", "text"], sets.Layout["rules"].Classes);
        //                category, kids, blurred, text
        Assert.Equal([2, -1, 1, 1], Target(sets, 0));
        Assert.Equal([1, -1, 0, 0], Target(sets, 1));
        Assert.Equal([0, 1, -1, -1], Target(sets, 2));
        Assert.Equal([-1, 0, -1, -1], Target(sets, 3));
        Assert.Equal([3, 2, 2], Enumerable.Range(0, 3).Select(sets.Labelled));
    }

    [Fact]
    public void A_picture_without_any_label_is_left_out_and_counted()
    {
        var sets = LabelledSets.Open([_adverts, _kids], Heads);

        Assert.Equal(["1.jpg", "2.jpg", "4.jpg", "5.jpg"], sets.Samples.Select(sample => Path.GetFileName(sample.Path)));
        Assert.Equal(1, sets.Unlabelled);
        Assert.Equal([(0, 2), (2, 2)], sets.Sets.Select(set => (set.First, set.Count)));
    }

    [Fact]
    public void Validation_takes_the_classes_of_training()
    {
        var train = LabelledSets.Open([_adverts, _kids], Heads);
        var val = LabelledSets.Open([_kids], train.Layout);

        Assert.Equal([0, 1, -1, -1], Target(val, 0));
    }

    [Fact]
    public void A_label_that_training_does_not_have_is_named_with_its_line()
    {
        var layout = LabelledSets.Open([_adverts], [Heads[0], Heads[2]]).Layout;
        var kids = _kids with { Labels = new Dictionary<string, string> { ["category"] = "what" } };

        var message = Assert.Throws<BadInputException>(() => LabelledSets.Open([kids], layout)).Message;

        Assert.StartsWith($"{kids.Path}: line 1: label 'coat' is not among the 2 classes of head category", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_labels_a_head_by_its_folders()
    {
        _folder.Touch("photos/hat/a.jpg", "photos/shoes/b.jpg");
        var sets = LabelledSets.Open([new LabelledSetOptions { Path = _folder.Of("photos"), Labels = new Dictionary<string, string> { ["category"] = "label" } }], [Heads[0]]);

        Assert.Equal([0L, 1L], Enumerable.Range(0, 2).Select(sample => Target(sets, sample)[0]));
    }

    private string MessageOf(params LabelledSetOptions[] sets) => Assert.Throws<BadInputException>(() => LabelledSets.Open(sets, Heads)).Message;

    [Fact]
    public void A_set_that_labels_no_head_is_refused() => Assert.Contains("labels no head", MessageOf(_adverts with { Labels = new Dictionary<string, string>() }), StringComparison.Ordinal);

    [Fact]
    public void A_head_that_no_set_labels_is_refused() => Assert.Contains("model.heads.kids: no set labels it", MessageOf(_adverts), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_head_of_a_set_is_answered_with_the_nearest_one() =>
        Assert.Contains("There is no head 'kid'. The heads are category, kids, rules; did you mean kids?", MessageOf(_adverts, _kids with { Labels = new Dictionary<string, string> { ["kid"] = "kids" } }), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_column_is_answered_with_the_nearest_one() =>
        Assert.Contains("line 1: no column 'wat'. There are image, what, flags; set data.sets[].labels.category=what", MessageOf(_adverts with { Labels = new Dictionary<string, string> { ["category"] = "wat" } }), StringComparison.Ordinal);

    [Fact]
    public void Weights_are_for_all_sets_or_none()
    {
        Assert.Contains("kids.jsonl has no weight", MessageOf(_adverts with { Weight = 1 }, _kids), StringComparison.Ordinal);
        Assert.Contains("the weight of", MessageOf(_adverts with { Weight = 0 }, _kids with { Weight = 1 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_is_not_there_is_named()
    {
        _folder.Write("adverts.csv", "image,what,flags\ngone.jpg,hat,-\n");

        Assert.Contains("1 of 1 pictures are missing", MessageOf(_adverts), StringComparison.Ordinal);
    }
}
