using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks.Backbones;

/// <summary>The layers that the backbones share, with the first weights of their papers.</summary>
internal static class Layers
{
    /// <summary>A convolution without bias whose padding keeps the size at stride 1; weights normal(0, sqrt(2 / (k * k * outputs))).</summary>
    /// <remarks>He et al. 2015, arXiv:1502.01852, by fan-out: a step back keeps the gradient's variance.</remarks>
    public static Conv2d Convolution(long inputs, long outputs, long kernel, long stride = 1, long groups = 1, long? padding = null, bool bias = false)
    {
        var layer = nn.Conv2d(inputs, outputs, kernel, stride, padding ?? kernel / 2, groups: groups, bias: bias);
        nn.init.normal_(layer.weight, 0, Math.Sqrt(2.0 / (kernel * kernel * outputs)));
        if (layer.bias is { } shift) nn.init.zeros_(shift);
        return layer;
    }

    /// <summary>A linear layer with weights normal(0, <paramref name="deviation"/>) and bias 0.</summary>
    public static Linear Linear(long inputs, long outputs, double deviation)
    {
        var layer = nn.Linear(inputs, outputs);
        nn.init.normal_(layer.weight, 0, deviation);
        nn.init.zeros_(layer.bias!);
        return layer;
    }

    /// <summary>Calls the layers one after another and frees every map as soon as the next one is there.</summary>
    /// <param name="layers">At least one.</param>
    /// <param name="input">Stays the caller's.</param>
    public static Tensor Through(this IEnumerable<nn.Module<Tensor, Tensor>> layers, Tensor input)
    {
        var map = input;
        foreach (var layer in layers)
        {
            var next = layer.call(map);
            if (!ReferenceEquals(map, input) && !ReferenceEquals(map, next)) map.Dispose();
            map = next;
        }

        return map;
    }

    /// <summary>Mean over H and W: [N, C, H, W] to [N, C].</summary>
    public static Tensor GlobalMean(Tensor map) => map.mean([2, 3]);

    /// <summary>What to say of a trunk that is asked for more.</summary>
    public static InvalidOperationException NoHead() => new("this network was built without a head: it only gives feature maps.");

    /// <summary>Dropout in training, then the linear layer: [N, D] to [N, K].</summary>
    /// <exception cref="InvalidOperationException">The network was built without its head.</exception>
    public static Tensor Score(Linear? head, Tensor embedding, double dropout, bool training)
    {
        if (head is null) throw NoHead();
        if (!training || dropout == 0) return head.call(embedding);
        using var kept = nn.functional.dropout(embedding, dropout, training: true);   // [N, D]
        return head.call(kept);                                                      // [N, K]
    }
}
