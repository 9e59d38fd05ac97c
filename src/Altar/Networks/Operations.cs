using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Altar.Networks;

/// <summary>Counts what a network costs.</summary>
public static class Operations
{
    /// <summary>Multiply-adds of the convolutions and linear layers of one forward pass over one black picture.</summary>
    /// <remarks>Counted by running it: one multiply-add for each output element and each weight that reaches it. Norms, activations, pooling and biases count nothing.</remarks>
    /// <param name="network">Float [1, 3, H, W] in; left in the mode it was in.</param>
    /// <param name="height">H in pixels.</param>
    /// <param name="width">W in pixels.</param>
    public static long MultiplyAdds(nn.Module<Tensor, Tensor> network, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var total = 0L;
        List<Action> unhook = [];
        foreach (var layer in network.modules().OfType<nn.Module<Tensor, Tensor>>().Where(module => module is Conv2d or ConvTranspose2d or Linear))
        {
            var hook = layer.register_forward_hook((_, input, output) =>
            {
                total += Cost(layer, input, output);
                return output;
            });
            unhook.Add(hook.remove);
        }

        var modes = network.modules().Prepend(network).Select(module => (module, module.training)).ToList();
        network.eval();
        network.call(zeros(1, 3, height, width));
        foreach (var (module, training) in modes) module.train(training);   // parents before children: each ends in its own mode
        unhook.ForEach(remove => remove());
        return total;
    }

    // Each output of a convolution or linear layer reads one slice of the weights; each input of a transposed one writes through one.
    private static long Cost(nn.Module<Tensor, Tensor> layer, Tensor input, Tensor output) => layer switch
    {
        Conv2d convolution => output.numel() * (convolution.weight.numel() / convolution.weight.shape[0]),
        Linear linear => output.numel() * linear.weight.shape[1],
        ConvTranspose2d transposed => input.numel() * (transposed.weight.numel() / transposed.weight.shape[0]),
        _ => 0,
    };
}
