using Altar.Datasets.Heads;
using Altar.Inference.Heads;
using Altar.Metrics;
using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Tests.Inference.Heads;

public sealed class HeadAnswerTests : IDisposable
{
    private static readonly HeadCard Category = new() { Name = "category", Kind = HeadKind.Single, Classes = ["hat", "shoe"] };
    private static readonly HeadCard Title = new() { Name = "title", Kind = HeadKind.Title, Classes = ["red {category}", "blue boot", "cap"] };
    private static readonly HeadCard Price = new() { Name = "price", Kind = HeadKind.Value, Center = 10, Scale = 20 };

    private static readonly HeadCard Rules = new()
    {
        Name = "rules", Kind = HeadKind.Multi, Classes = ["blurred", "text", "weapon"],
        Thresholds = [0.5, 0.3, double.PositiveInfinity],
        Bands = [new(0.9, 0.4), new(0.95, 0.2), new(0.8, 0.1)],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("altar-answers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_class_is_the_most_probable_and_titles_are_the_best_few()
    {
        Assert.Equal([new SaidLabel("shoe", 0.7f)], HeadAnswer.Of(Category, [0.3f, 0.7f], titles: 3).Labels);
        Assert.Equal(["cap", "red {category}"], HeadAnswer.Of(Title, [0.3f, 0.2f, 0.5f], titles: 2).Labels.Select(label => label.Label));
    }

    [Fact]
    public void Labels_are_said_from_their_own_thresholds_on()
    {
        var answer = HeadAnswer.Of(Rules, [0.45f, 0.3f, 0.7f], titles: 1);

        Assert.Equal(["text"], answer.Labels.Select(label => label.Label));   // 0.45 is below 0.5, and no probability reaches infinity
        Assert.Equal(Decision.Review, answer.Labels[0].Decision);
    }

    [Theory]
    [InlineData(0.1f, 0.1f, 0.05f, Decision.Pass, "")]
    [InlineData(0.1f, 0.5f, 0.5f, Decision.Review, "text weapon")]
    [InlineData(0.95f, 0.5f, 0.85f, Decision.Reject, "blurred weapon")]
    public void The_strictest_rule_decides(float blurred, float text, float weapon, Decision decision, string because)
    {
        var answer = HeadAnswer.Of(Rules, [blurred, text, weapon], titles: 1);

        Assert.Equal((decision, because), (answer.Decision!.Value, string.Join(' ', answer.DecidedBy)));
    }

    [Fact]
    public void A_value_is_in_its_own_unit()
    {
        Assert.Equal(40, HeadAnswer.Of(Price, [1.5f], titles: 1).Value);   // 10 + 20 x 1.5
    }

    [Fact]
    public void A_template_is_filled_from_all_heads_and_slots_within_a_title_too()
    {
        var template = new TitleTemplate("{title}, {rules}, {price} EUR", ["title", "category", "rules", "price"]);

        Assert.Equal("red hat, blurred, text, 40 EUR", template.Fill(
        [
            HeadAnswer.Of(Title, [0.8f, 0.1f, 0.1f], 1), HeadAnswer.Of(Category, [0.9f, 0.1f], 1), HeadAnswer.Of(Rules, [0.9f, 0.8f, 0], 1), HeadAnswer.Of(Price, [1.5f], 1),
        ]));
    }

    [Fact]
    public void A_slot_that_is_no_head_is_refused_with_the_nearest()
    {
        var error = Assert.Throws<BadInputException>(() => new TitleTemplate("{titel}", ["title", "category"]));

        Assert.Contains("{titel} is no head; the heads are title, category. Write {title}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_csv_file_has_columns_for_each_head()
    {
        var file = Write(new HeadsFileOptions { Titles = 2, Template = new TitleTemplate("{title}", ["title"]) }, "predictions.csv");

        Assert.Equal(
        [
            "image,text,category,category_probability,title,title_probability,title_2,title_2_probability,rules,rules_decision,rules_because,price",
            "a.jpg,red hat,hat,0.75,red {category},0.5,cap,0.25,blurred;text,reject,blurred,40",
        ], file);
    }

    [Fact]
    public void Every_probability_is_written_on_demand_and_none_of_the_labels_is_a_dash()
    {
        var card = Rules with { Thresholds = null, Bands = null };
        HeadsPredictionFile.Write(_folder, [card], [new HeadsPrediction("a.jpg", [[0.25f, 0.125f, 0]])], new HeadsFileOptions { Probabilities = true });

        Assert.Equal(["image,rules,rules.blurred,rules.text,rules.weapon", "a.jpg,-,0.25,0.125,0"], File.ReadAllLines(Path.Combine(_folder, "predictions.csv")));
    }

    [Fact]
    public void A_json_line_has_an_object_for_each_head()
    {
        var line = Assert.Single(Write(new HeadsFileOptions { Format = Altar.Inference.PredictionFormat.JsonLines, Titles = 1 }, "predictions.jsonl"));

        Assert.Equal(
            """{"image":"a.jpg","category":{"label":"hat","probability":0.75},"title":{"titles":[{"label":"red {category}","probability":0.5}]},"rules":{"labels":[{"label":"blurred","probability":0.9375,"decision":"reject"},{"label":"text","probability":0.5,"decision":"review"}],"decision":"reject","because":["blurred"]},"price":{"value":40}}""",
            line);
    }

    private string[] Write(HeadsFileOptions options, string name)
    {
        HeadsPrediction prediction = new("a.jpg", [[0.75f, 0.25f], [0.5f, 0.25f, 0.25f], [0.9375f, 0.5f, 0], [1.5f]]);
        if (options.Titles == 2) prediction = prediction with { Said = [prediction.Said[0], [0.5f, 0.125f, 0.25f], prediction.Said[2], prediction.Said[3]] };
        HeadsPredictionFile.Write(_folder, [Category, Title, Rules, Price], [prediction], options);
        return File.ReadAllLines(Path.Combine(_folder, name));
    }
}
