using static TorchSharp.torch;

namespace Altar.Tests.Datasets.Generated;

/// <summary>Multinomial logistic regression: the baseline that a set with real difficulty defeats.</summary>
internal static class LinearClassifier
{
    /// <summary>Fits by plain gradient descent from zero, and returns the share of right answers on the other pictures.</summary>
    /// <param name="train">Pixels of each picture, about -2 to 2, and its class.</param>
    /// <param name="val">The same, to judge by.</param>
    /// <param name="classes">K.</param>
    public static double ShareRight(IReadOnlyList<(float[] Pixels, int Label)> train, IReadOnlyList<(float[] Pixels, int Label)> val, int classes)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Tensors(train);                                                     // [N, D], [N]
        var target = nn.functional.one_hot(y, classes).to(float32);                      // [N, K]
        var weights = zeros(x.shape[1], classes);                                        // [D, K]
        for (var step = 0; step < 300; step++)
        {
            using var inner = NewDisposeScope();
            var slope = (nn.functional.softmax(x.mm(weights), dim: 1) - target) / x.shape[0];   // [N, K]
            weights.sub_(x.t().mm(slope) * 0.1);
        }

        var (unseen, answers) = Tensors(val);
        return unseen.mm(weights).argmax(1).eq(answers).to(float32).mean().item<float>();
    }

    // A column of ones stands for the bias.
    private static (Tensor X, Tensor Y) Tensors(IReadOnlyList<(float[] Pixels, int Label)> pictures) =>
        (tensor(pictures.SelectMany(picture => picture.Pixels.Append(1)).ToArray(), [pictures.Count, pictures[0].Pixels.Length + 1]),
         tensor(pictures.Select(picture => (long)picture.Label).ToArray()));
}
