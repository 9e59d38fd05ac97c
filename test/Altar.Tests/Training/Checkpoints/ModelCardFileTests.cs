using Altar.Images;
using Altar.Networks;
using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Tests.Training.Checkpoints;

public sealed class ModelCardFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("altar-card-").FullName;

    private static ModelCard Card => new()
    {
        Model = new ModelOptions { Name = "resnet18", Padding = PaddingStyle.TensorFlow, Preprocessing = Normalization.TensorFlow, Dropout = 0.25 },
        Classes = ["Füße", "hat"],
        Size = new PixelSize(320, 224),
        ImageColumn = "file",
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_card_comes_back_as_it_was()
    {
        ModelCardFile.Write(_folder, Card);
        var card = ModelCardFile.Read(_folder);

        Assert.Equal(Card.Classes, card.Classes);
        Assert.Equal(Card.Model.Preprocessing.Mean, card.Model.Preprocessing.Mean);
        Assert.Equal(Card.Model.Preprocessing.Std, card.Model.Preprocessing.Std);
        Assert.Equal((Card.Size, Card.ImageColumn, Card.LabelColumn), (card.Size, card.ImageColumn, card.LabelColumn));
        Assert.Equal(("resnet18", PaddingStyle.TensorFlow, 0.25), (card.Model.Name, card.Model.Padding, card.Model.Dropout));
    }

    [Fact]
    public void The_file_reads_like_a_recipe()
    {
        ModelCardFile.Write(_folder, Card);
        var text = File.ReadAllText(Path.Combine(_folder, "model.json"));

        Assert.All(["\"padding\": \"tensorflow\"", "\"size\": \"224x320\"", "\"Füße\"", "\"image_column\": \"file\""], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"model": {}}""", "classes")]
    [InlineData("""{"model": {}, "classes": ["a"], "size": "large"}""", "size must be a text such as \"224\" or \"224x320\"")]
    [InlineData("""{"model": {}, "classes": [], "size": "8"}""", "classes are empty")]
    [InlineData("""{"model": {"preprocessing": {"mean": [0, 0], "std": [1, 1]}}, "classes": ["a"], "size": "8"}""", "three means and three std")]
    [InlineData("""{"model": {}, "classes": ["a"], "size": "8", "threshold": 1}""", "threshold is outside 0 to 1")]
    [InlineData("half", "is no model card")]
    public void What_is_wrong_with_a_damaged_card_is_named(string text, string reason)
    {
        File.WriteAllText(Path.Combine(_folder, "model.json"), text);

        var message = Assert.Throws<BadInputException>(() => ModelCardFile.Read(_folder)).Message;

        Assert.Contains(Path.Combine(_folder, "model.json"), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_card_is_named() =>
        Assert.Contains("model.json is missing", Assert.Throws<BadInputException>(() => ModelCardFile.Read(_folder)).Message, StringComparison.Ordinal);
}
