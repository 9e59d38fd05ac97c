using Altar.Images;
using Altar.Networks;
using Altar.Recipes;
using Altar.Training.Checkpoints;

namespace Altar.Tests.Networks;

public sealed class ModelOptionsTests
{
    private static readonly ModelOptions Segmenting = new() { Name = "unet+resnet34", Decoder = DecoderKind.Deconv, Kernel = 4, Channels = 6, ClassHead = true };

    [Fact]
    public void A_recipe_says_how_a_network_segments()
    {
        var model = RecipeFile.Parse("{data: {train: photos}, model: {channels: 6, decoder: deconv, kernel: 4, filters: 32, class_head: true}, stages: [{epochs: 1}]}", "test").Model;

        Assert.Equal((6, DecoderKind.Deconv, 4, 32, true), (model.Channels, model.Decoder, model.Kernel, model.Filters, model.ClassHead));
    }

    [Fact]
    public void Without_keys_the_network_decides()
    {
        var model = RecipeFile.Parse("{data: {train: photos}, stages: [{epochs: 1}]}", "test").Model;

        Assert.Equal((3, null, null, null, false), (model.Channels, model.Decoder, model.Kernel, model.Filters, model.ClassHead));
    }

    [Fact]
    public void A_checkpoints_card_keeps_them()
    {
        var folder = Directory.CreateTempSubdirectory("altar-card").FullName;
        ModelCardFile.Write(folder, new ModelCard { Model = Segmenting, Classes = ["roof"], Size = PixelSize.Square(256) });
        var model = ModelCardFile.Read(folder).Model;
        Directory.Delete(folder, recursive: true);

        Assert.Equal((Segmenting.Name, Segmenting.Decoder, Segmenting.Kernel, Segmenting.Channels, Segmenting.Filters, Segmenting.ClassHead), (model.Name, model.Decoder, model.Kernel, model.Channels, model.Filters, model.ClassHead));
    }
}
