using Altar.Ensembling;
using Altar.Inference.Tiles;
using Altar.Inference.Views;
using Altar.Networks;
using Altar.Networks.Weights;
using Altar.Tensors;
using Altar.Training.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Inference;

/// <summary>One trained network of a predictor, with its card and its temperature.</summary>
internal sealed class TrainedClassifier : IDisposable
{
    public const string WeightsName = "model.safetensors";

    /// <summary>Takes a network over: it goes to evaluation mode and channels-last, and is freed with this.</summary>
    public TrainedClassifier(string name, Classifier network, ModelCard card, Device device)
    {
        (Name, Network, Card, Device) = (name, network.to(device), card, device);
        network.eval();
        ChannelsLast.Convert(network);
    }

    public string Name { get; }

    public Classifier Network { get; }

    public ModelCard Card { get; }

    public Device Device { get; }

    /// <summary>Opens a checkpoint.</summary>
    /// <param name="checkpoint">Its name and folder.</param>
    /// <param name="device">Where the network shall be.</param>
    /// <param name="calibrates">Whether the card's temperature is applied; else it is taken as 1.</param>
    public static TrainedClassifier Open(MemberCheckpoint checkpoint, Device device, bool calibrates = true)
    {
        var card = ModelCardFile.Read(checkpoint.Folder);
        using var tensors = WeightsFile.Read(Path.Combine(checkpoint.Folder, WeightsName));
        return Open(checkpoint.Name, calibrates ? card : card with { Temperature = 1 }, tensors, device);
    }

    /// <summary>Makes the network of a card and fills it.</summary>
    public static TrainedClassifier Open(string name, ModelCard card, TensorSet tensors, Device device)
    {
        if (card.Heads is not null) throw new BadInputException($"{name}: the network has several heads, which altar predict and altar evaluate take, one network at a time. Name a run with one softmax over classes.");
        var network = NetworkCatalog.Create(card.Model.Name, card.Classes.Count, card.Model);
        try
        {
            WeightLoader.Load(network, tensors, allowUnset: [], card.Model.Name);   // the head too: these weights are this network's own
            return new TrainedClassifier(name, network, card, device);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Class probabilities, averaged over views.</summary>
    /// <param name="images">The crops of each picture below each other, float [N, 3, crops * H, W].</param>
    /// <param name="plan">The views.</param>
    /// <param name="mean">How they are averaged.</param>
    /// <returns>Float [N, K] on the CPU, summing to 1.</returns>
    public Tensor Probabilities(Tensor images, ViewPlan plan, MeanKind mean)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var here = images.to(Device);                                   // [N, 3, crops * H, W]
        var height = here.shape[2] / plan.Crops.Count;
        var takesLogarithms = mean == MeanKind.Geometric && plan.Count > 1;
        Tensor? sum = null;
        foreach (var (index, _) in plan.Crops.Index())
        {
            using var crop = plan.Crops.Count == 1 ? here.alias() : Ordered(here.narrow(2, index * height, height));   // [N, 3, H, W]
            foreach (var symmetry in plan.Symmetries)
            {
                var term = Judge(crop, symmetry, takesLogarithms);      // [N, K]
                sum = sum is null ? term : sum.AddInPlace(term);
            }
        }

        if (plan.Count > 1) sum!.DivideInPlace(plan.Count);
        var result = takesLogarithms ? nn.functional.softmax(sum!, 1) : sum!;
        return result.cpu().contiguous().MoveToOuterDisposeScope();     // [N, K]
    }

    public void Dispose() => Network.Dispose();

    private Tensor Judge(Tensor crop, DihedralView symmetry, bool takesLogarithms)
    {
        using var scope = NewDisposeScope();
        var view = symmetry == default ? crop.alias() : Ordered(symmetry.Apply(crop));   // [N, 3, H, W] or [N, 3, W, H]
        var logits = Network.Output(view, trunkRests: false);                            // [N, K]
        if (Card.Temperature != 1) logits.DivideInPlace(Card.Temperature);
        return (takesLogarithms ? nn.functional.log_softmax(logits, 1) : nn.functional.softmax(logits, 1)).MoveToOuterDisposeScope();
    }

    private static Tensor Ordered(Tensor images)
    {
        using (images) return ChannelsLast.Of(images);
    }
}
