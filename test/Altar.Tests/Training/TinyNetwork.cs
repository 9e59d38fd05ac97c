using Altar.Networks;
using Altar.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using BatchNorm = Altar.Networks.BatchNorm;

namespace Altar.Tests.Training;

/// <summary>Two blocks and a head over 8x8 pictures: small enough to train in a test, with a batch norm to tell the policies apart.</summary>
internal sealed class TinyNetwork : Classifier
{
    private readonly Conv2d first;
    private readonly BatchNorm norm;
    private readonly Conv2d second;
    private readonly Linear head;

    private TinyNetwork(int classes) : base("tiny")
    {
        first = nn.Conv2d(3, 8, 3, padding: 1);
        norm = new BatchNorm(8);
        second = nn.Conv2d(8, 8, 3, padding: 1);
        head = nn.Linear(8, classes);
        RegisterComponents();
    }

    public static TinyNetwork Create(int classes = 2, long seed = 1)
    {
        new Seed((ulong)seed).ApplyToTorch();
        return new TinyNetwork(classes);
    }

    public override int EmbeddingLength => 8;

    public override string HeadPrefix => "head.";

    public override IReadOnlyList<string> Blocks => ["first.", "norm.", "second."];

    public override Tensor Embed(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = nn.functional.relu(norm.call(first.call(images)));   // [N, 8, H, W]
        x = nn.functional.relu(second.call(x));                      // [N, 8, H, W]
        return x.mean([2, 3]).MoveToOuterDisposeScope();             // [N, 8]
    }

    public override Tensor Score(Tensor embedding)
    {
        using var dropped = nn.functional.dropout(embedding, HeadDropout, training);
        return head.call(dropped);
    }

    /// <summary>What the norm sees, float [N, 8, H, W].</summary>
    public Tensor FirstLayer(Tensor images) => first.call(images);

    /// <summary>All weights and buffers as one list of numbers.</summary>
    public float[] Numbers() =>
        [.. state_dict().Where(entry => entry.Value.dtype == ScalarType.Float32).SelectMany(entry => entry.Value.detach().cpu().contiguous().data<float>().ToArray())];
}
