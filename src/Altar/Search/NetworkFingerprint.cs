using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Altar.Networks;
using Altar.Training.Checkpoints;
using static TorchSharp.torch;

namespace Altar.Search;

/// <summary>What two networks must have in common for their features to be comparable.</summary>
internal static class NetworkFingerprint
{
    private const string Counter = "num_batches_tracked";

    public static NetworkIdentity Of(Classifier network, ModelCard card)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var preprocessing = card.Model.Preprocessing;
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{card.Model.Padding} {card.Size} {string.Join(' ', preprocessing.Mean)} {string.Join(' ', preprocessing.Std)}")));
        foreach (var (name, weight) in network.state_dict().OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(network.HeadPrefix, StringComparison.Ordinal) || name.EndsWith(Counter, StringComparison.Ordinal)) continue;
            using var scope = NewDisposeScope();
            var plain = weight.detach().cpu().contiguous();   // the span below does not keep it alive
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {string.Join(' ', plain.shape)}"));
            hash.AppendData(plain.bytes);
        }

        return new NetworkIdentity(card.Model.Name, Convert.ToHexStringLower(hash.GetHashAndReset()), network.EmbeddingLength);
    }
}
