using Altar.Datasets;
using Altar.Images;
using Altar.Networks;
using Altar.Training.Checkpoints;
using static TorchSharp.torch;

namespace Altar.Tests.Inference;

/// <summary>Pictures of 4 x 4 pixels of one colour, in a folder that is gone after the test.</summary>
internal sealed class ColourPictures : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("altar-colours-").FullName;

    public static ModelCard Card { get; } = new()
    {
        Model = new ModelOptions { Name = "mean", Preprocessing = new() { Mean = [0, 0, 0], Std = [1, 1, 1] } },
        Classes = ["red", "green", "blue"],
        Size = new PixelSize(4, 4),
    };

    /// <summary>Writes a picture and returns it as a sample.</summary>
    public Sample Write(string name, byte red, byte green, byte blue, int label = -1)
    {
        var raster = new Raster(new PixelSize(4, 4));
        for (var i = 0; i < 48; i += 3) (raster.Pixels[i], raster.Pixels[i + 1], raster.Pixels[i + 2]) = (red, green, blue);
        return Save(name, path => RasterWriter.Write(path, raster), label);
    }

    public Sample WriteText(string name, int label = -1) => Save(name, path => File.WriteAllText(path, "no picture"), label);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private Sample Save(string name, Action<string> write, int label)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        write(path);
        return new Sample(path, label);
    }
}

/// <summary>Its logits are ten times the mean of each colour: its probabilities can be worked by hand.</summary>
internal sealed class MeanColour() : Classifier("mean")
{
    public override int EmbeddingLength => 3;

    public override string HeadPrefix => "head.";

    public override IReadOnlyList<string> Blocks => [];

    public override Tensor Embed(Tensor images) => images.mean([2, 3]);   // [N, 3]

    public override Tensor Score(Tensor embedding) => embedding * 10;     // [N, 3]
}
