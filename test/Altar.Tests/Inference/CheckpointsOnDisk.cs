using Altar.Images;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training.Checkpoints;

namespace Altar.Tests.Inference;

/// <summary>Runs with checkpoints of a small network, in a folder that is gone after the test.</summary>
internal sealed class CheckpointsOnDisk : IDisposable
{
    public string Home { get; } = Directory.CreateTempSubdirectory("altar-checkpoints-").FullName;

    public string Run(string name) => Path.Combine(Home, name);

    public string Checkpoint(string run, string name) => Path.Combine(Home, run, "checkpoints", name);

    public void Save(string run, string name, long seed = 1, string network = "resnet20_cifar", string[]? classes = null)
    {
        using var made = NetworkCatalog.Create(network, (classes ?? ["a", "b"]).Length, seed: new Seed((ulong)seed));
        Safetensors.Write(Path.Combine(Checkpoint(run, name), "model.safetensors"), made.state_dict());
        ModelCardFile.Write(Checkpoint(run, name), new ModelCard { Model = new() { Name = network }, Classes = classes ?? ["a", "b"], Size = PixelSize.Square(32) });
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);
}
