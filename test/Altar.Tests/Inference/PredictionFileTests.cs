using Altar.Datasets;
using Altar.Inference;
using Altar.Metrics;

namespace Altar.Tests.Inference;

public sealed class PredictionFileTests : IDisposable
{
    private static readonly string[] Classes = ["cat", "dog, small"];

    private static readonly Prediction[] Said = [new("a.jpg", -1, [0.75f, 0.25f]), new("say \"hi\".jpg", 0, [1e-7f, 0.9999999f])];

    private readonly ColourPictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Csv_has_the_first_guess_and_its_probability()
    {
        var (path, count) = PredictionFile.Write(_pictures.Folder, Classes, Said);

        Assert.Equal(2, count);
        Assert.Equal(Path.Combine(_pictures.Folder, "predictions.csv"), path);
        Assert.Equal("image,label,probability\na.jpg,cat,0.75\n\"say \"\"hi\"\".jpg\",\"dog, small\",0.9999999\n", File.ReadAllText(path));
    }

    [Fact]
    public void Csv_with_probabilities_has_a_column_a_class_and_reads_back_exactly()
    {
        var (path, _) = PredictionFile.Write(_pictures.Folder, Classes, Said, withProbabilities: true);
        var rows = CsvReader.Read(path).ToList();

        Assert.Equal(["image", "label", "probability", "cat", "dog, small"], rows[0].Fields);
        Assert.Equal(["say \"hi\".jpg", "dog, small", "0.9999999", "1E-07", "0.9999999"], rows[2].Fields);
    }

    [Fact]
    public void Json_lines_have_the_same_names()
    {
        var (path, _) = PredictionFile.Write(_pictures.Folder, Classes, Said, PredictionFormat.JsonLines, withProbabilities: true);

        Assert.EndsWith("predictions.jsonl", path, StringComparison.Ordinal);
        Assert.Equal("""{"image":"a.jpg","label":"cat","probability":0.75,"probabilities":{"cat":0.75,"dog, small":0.25}}""", File.ReadLines(path).First());
    }

    [Fact]
    public void A_failure_on_the_way_leaves_the_earlier_file()
    {
        var (path, _) = PredictionFile.Write(_pictures.Folder, Classes, Said);
        var earlier = File.ReadAllText(path);

        Assert.Throws<InvalidOperationException>(() => PredictionFile.Write(_pictures.Folder, Classes, Said.Append(null!).Select(said => said ?? throw new InvalidOperationException())));

        Assert.Equal(earlier, File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_pictures.Folder));
    }
}
