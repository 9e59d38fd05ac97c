using System.CommandLine;
using System.Globalization;
using Altar.Cli.Output;
using Altar.Networks;
using Altar.Networks.Segmentation;
using Table = Spectre.Console.Table;

namespace Altar.Cli.Verbs;

/// <summary><c>altar models</c>: the networks that a recipe can name.</summary>
internal sealed class ModelsVerb() : Verb("models", "Lists the networks for classification and segmentation: parameters, operations, and published weights with their source and licence.",
    "altar models", "altar models --json")
{
    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var table = Columns.Of(3, "network", "published weights", "licence", "parameters", "GMACs", "at", "top-1 %");
        foreach (var network in NetworkCatalog.Entries)
        {
            var weights = network.Published.Count == 0 ? null : network.Published[0];
            table.Add(network.Name, weights?.Name ?? "-", LicenceName(weights?.Licence ?? "-"), Text.Millions(network.Parameters), Number(network.GigaMultiplyAdds), $"{network.InputSize}", weights is null ? "-" : Number(weights.Top1));
        }

        screen.Write(table);
        foreach (var term in NetworkCatalog.Entries.SelectMany(network => network.Published).Select(file => Terms(file.Licence)).Distinct().OfType<string>())
            screen.Line($"* {term}");
        screen.Line("GMACs: thousand million multiply-adds for one picture. 'altar models --json' has the sources and every file.");
        screen.Line();
        screen.Write(Segmentation());
        screen.Line($"The first decoder is the default. Parameters for 3 channels and 1 class, GMACs at {SegmentationEntry.InputSize}.");
        screen.Line("unet+NAME, fpn+NAME: any network above as encoder of a U-Net or a feature pyramid.");
        screen.Result(new { Networks = NetworkCatalog.Entries.Select(ToJson), Segmentation = SegmentationCatalog.Entries.Select(ToJson) });
        return ExitCode.Ok;
    }

    private static Table Segmentation()
    {
        var table = Columns.Of(3, "segmentation", "decoder", "encoder", "parameters", "GMACs");
        foreach (var network in SegmentationCatalog.Entries.Where(network => network.Parameters is not null))
            table.Add(network.Name, string.Join(", ", DecodersOf(network)), network.Encoder ?? "-", Text.Millions(network.Parameters!.Value), Number(network.MultiplyAdds!.Value / 1e9));
        return table;
    }

    // The default comes first.
    private static IEnumerable<string> DecodersOf(SegmentationEntry network) => network.Decoders.Select(decoder => decoder.ToString().ToLowerInvariant());

    private static object ToJson(SegmentationEntry network) => new
    {
        network.Name,
        network.Parameters,
        network.MultiplyAdds,
        SegmentationEntry.InputSize,
        Decoders = DecodersOf(network),
        network.Kernels,
        network.Filters,
        network.Encoder,
        network.Source,
    };

    private static object ToJson(NetworkEntry network) => new
    {
        network.Name,
        network.Parameters,
        network.MultiplyAdds,
        network.InputSize,
        network.Classes,
        network.Source,
        network.Published,
    };

    // "BSD-3-Clause; trained on ..." is a name and its terms.
    private static string LicenceName(string licence) => Terms(licence) is null ? licence : licence.Split(';')[0] + " *";

    private static string? Terms(string licence) => licence.Split(';', 2) is [_, var terms] ? terms.Trim() : null;

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
