using System.CommandLine;
using Altar.Cli.Output;
using Altar.Datasets;
using Altar.Reports;
using Altar.Tensors;

namespace Altar.Cli.Verbs;

/// <summary><c>altar inria submit</c>: predicted masks as the zip that the contest takes.</summary>
internal sealed class InriaSubmitVerb : Verb
{
    private readonly Option<string> _predictions = new("--pred") { Description = "Predicted masks: CITY and NUMBER as tif or png, one band of 0 and 255.", HelpName = "DIR", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "The zip.", HelpName = "FILE", Required = true };
    private readonly Option<string?> _images = new("--images") { Description = "The test images: names and sizes must be theirs.", HelpName = "DIR" };
    private readonly Option<bool> _partial = new("--partial") { Description = "Packs what there is where images lack a mask." };

    public InriaSubmitVerb() : base("submit", "Checks every mask, and packs them as compressed TIFF into a zip.",
        "altar inria submit --pred predictions --images AerialImageDataset/test/images --out submission.zip")
    {
        Add(_predictions);
        Add(_out);
        Add(_images);
        Add(_partial);
    }

    protected override int Run(ParseResult words, Screen screen, Interruption interruption)
    {
        var path = words.GetValue(_out)!;
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) throw new BadInputException($"--out: {path} is no zip. Name a file such as submission.zip.");
        var submission = new InriaSubmission { Predictions = words.GetValue(_predictions)!, Images = words.GetValue(_images), IsPartial = words.GetValue(_partial) };
        using var count = new PictureCount(screen, InriaFolder.List(submission.Predictions).Count, TimeProvider.System, "masks");
        var result = submission.Write(path, count, interruption.Token);
        count.Dispose();

        foreach (var warning in result.Warnings) screen.Warn(warning);
        screen.Line($"{result.Tiles} masks are in {path} ({Text.Mebibytes(result.Bytes)}){(result.Recompressed > 0 ? $"; {result.Recompressed} were written anew with LZW" : "")}");
        screen.Result(new { Submission = path, Masks = result.Tiles, result.Recompressed, result.Bytes, result.Warnings });
        return ExitCode.Ok;
    }
}
