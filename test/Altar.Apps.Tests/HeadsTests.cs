using System.Globalization;
using System.Text;

namespace Altar.Apps.Tests;

/// <summary>Whole commands of a network with several heads: train, evaluate, predict, plan.</summary>
public sealed class HeadsTests : IDisposable
{
    private readonly TinySet _set = new();

    public HeadsTests()
    {
        var (colours, dark) = (new StringBuilder("image,colour\n"), new StringBuilder("image,tags,price\n"));
        foreach (var (index, name) in ((string[])["blue", "green", "red"]).Index())
        {
            for (var number = 0; number < 8; number++)
            {
                if (number < 6) colours.Append(CultureInfo.InvariantCulture, $"{_set.Photo(name, number)},{name}\n");
                if (number > 3) dark.Append(CultureInfo.InvariantCulture, $"{_set.Photo(name, number)},{(index == 2 ? "warm" : index == 0 ? "cold" : "-")},{10 * index}\n");
            }
        }

        File.WriteAllText(_set.At("colours.csv"), colours.ToString());
        File.WriteAllText(_set.At("tags.csv"), dark.ToString());
        File.WriteAllText(_set.At("heads.yaml"), """
            name: heads
            data:
              sets:
                - {path: colours.csv, labels: {colour: colour}}
                - {path: tags.csv, labels: {tags: tags, price: price}}
              val:
                - {path: colours.csv, labels: {colour: colour}}
                - {path: tags.csv, labels: {tags: tags, price: price}}
              size: 32
              threads: 1
            model:
              name: resnet20_cifar
              weights: none
              template: "{colour} for {price}"
              heads: {colour: {kind: title}, tags: {kind: multi}, price: {kind: value}}
            stages: [{epochs: 2, rate: 1e-2, augment: none, batch: 6}]
            """);
    }

    public void Dispose() => _set.Dispose();

    [Fact]
    public void A_run_is_trained_evaluated_and_asked()
    {
        var train = CommandRun.In(_set.At(""), "train", "heads.yaml", "--out", "run", "--device", "cpu", "--json");
        Assert.True(train.ExitCode == 0, train.Errors);
        var best = train.Json.GetProperty("best");
        foreach (var figure in (string[])["loss", "colour.top1", "colour.top5", "tags.f1", "price.mae"]) Assert.True(best.TryGetProperty(figure, out _), figure);

        EvaluatesEachHead();
        PredictsEachHead();
    }

    [Fact]
    public void A_plan_counts_its_steps()
    {
        var plan = CommandRun.In(_set.At(""), "plan", "heads.yaml", "--device", "cpu", "--out", "plan.png", "--json");

        Assert.True(plan.ExitCode == 0, plan.Errors);
        Assert.Equal(18 + 12, plan.Json.GetProperty("pictures").GetInt32());
        Assert.Equal(2 * 5, plan.Json.GetProperty("steps").GetInt32());
    }

    [Fact]
    public void An_unknown_head_is_bad_input_with_its_line()
    {
        var run = CommandRun.In(_set.At(""), "train", "heads.yaml", "--set", "data.sets.0.labels={color: colour}");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no head 'color'; the nearest is 'colour'", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_heads_are_refused_for_a_network_without()
    {
        CommandRun.In(_set.At(""), "train", "tiny.yaml", "--out", "plain", "--device", "cpu");

        var titles = CommandRun.In(_set.At(""), "predict", "plain", "--input", "photos", "--out", "out", "--titles", "2");
        var shapes = CommandRun.In(_set.At(""), "predict", "plain", "--input", "photos", "--out", "out", "--shapes", "32,32x48", "--json");

        Assert.Equal(2, titles.ExitCode);
        Assert.Contains("--titles is for networks with several heads", titles.Errors, StringComparison.Ordinal);
        Assert.Equal(24, shapes.Json.GetProperty("pictures").GetInt32());
    }

    private void EvaluatesEachHead()
    {
        var colours = CommandRun.In(_set.At(""), "evaluate", "run", "--data", "colours.csv", "--device", "cpu", "--json").Json;
        var tags = CommandRun.In(_set.At(""), "evaluate", "run", "--data", "tags.csv", "--device", "cpu", "--precision", "0.5", "--json").Json;
        var mapped = CommandRun.In(_set.At(""), "evaluate", "run", "--data", "colours.csv", "--labels", "color=colour");

        Assert.Equal(18, colours.GetProperty("heads").GetProperty("colour").GetProperty("labelled").GetInt32());
        Assert.InRange(colours.GetProperty("heads").GetProperty("colour").GetProperty("top1").GetDouble(), 0, 1);
        Assert.Equal(0, colours.GetProperty("heads").GetProperty("price").GetProperty("labelled").GetInt32());
        var labels = tags.GetProperty("heads").GetProperty("tags").GetProperty("labels");
        Assert.Equal(["cold", "warm"], labels.EnumerateArray().Select(label => label.GetProperty("name").GetString()));
        Assert.True(labels[0].GetProperty("bands").GetProperty("passed").GetInt32() <= 12);
        Assert.True(tags.GetProperty("heads").GetProperty("tags").TryGetProperty("f1", out _));
        Assert.True(tags.GetProperty("heads").GetProperty("price").GetProperty("mae").GetDouble() >= 0);
        Assert.Equal(2, mapped.ExitCode);
        Assert.Contains("There is no head 'color'", mapped.Errors, StringComparison.Ordinal);
    }

    private void PredictsEachHead()
    {
        var predict = CommandRun.In(_set.At(""), "predict", "run", "--input", "photos", "--out", "out", "--titles", "2", "--device", "cpu", "--json");

        Assert.Equal(24, predict.Json.GetProperty("pictures").GetInt32());
        var lines = File.ReadAllLines(_set.At("out/predictions.csv"));
        Assert.Equal("image,text,colour,colour_probability,colour_2,colour_2_probability,tags,tags_decision,tags_because,price", lines[0]);
        Assert.Equal(25, lines.Length);
        Assert.Matches("^photos/blue/0.png,(blue|green|red) for ", lines[1]);
    }
}
