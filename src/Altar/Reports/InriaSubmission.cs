using System.IO.Compression;
using Altar.Datasets;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Reports;

/// <summary>A zip that was written.</summary>
/// <param name="Tiles">Masks in it.</param>
/// <param name="Recompressed">How many were not compressed, or were PNG, and were written anew as TIFF with LZW.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Warnings">What the contest would not take, or what could not be checked.</param>
public sealed record InriaSubmissionResult(int Tiles, int Recompressed, long Bytes, IReadOnlyList<string> Warnings);

/// <summary>Packs predicted masks for the contest: TIFF files of one band of 8 bits, 0 and 255, under the names of the test images.</summary>
/// <remarks>The same masks give the same bytes: files lie in the order of their names, with one fixed time.</remarks>
public sealed record InriaSubmission
{
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);   // the earliest that a zip can hold

    /// <summary>Folder of the predicted masks: tif or png.</summary>
    public required string Predictions { get; init; }

    /// <summary>Folder of the test images, whose names and sizes the masks must have. Default: none; the contest's 180 names and 5000x5000 pixels are expected, and a difference is a warning.</summary>
    public string? Images { get; init; }

    /// <summary>Whether images without a mask are allowed, with a warning. Default false.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Checks every mask and writes the zip, whole or not at all.</summary>
    /// <param name="path">The zip.</param>
    /// <param name="progress">How many masks are done.</param>
    /// <param name="cancel">Ends the work; no zip is left.</param>
    /// <exception cref="BadInputException">A mask is missing, too many, of another size than its image, or not one band of 0 and 255.</exception>
    public InriaSubmissionResult Write(string path, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        var masks = InriaFolder.List(Predictions);
        var images = Images is null ? null : InriaFolder.List(Images).ToDictionary(file => file.Tile, file => file.Path);
        List<string> warnings = [.. images is null ? [] : Compare(masks, [.. images.Keys]), .. CompareWithContest(masks)];
        var (recompressed, odd) = (0, new List<string>());
        AtomicFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (index, mask) in masks.OrderBy(mask => $"{mask.Tile}", StringComparer.Ordinal).Index())
            {
                cancel.ThrowIfCancellationRequested();
                var (bytes, isNew, size) = Checked(mask, images?.GetValueOrDefault(mask.Tile));
                if (isNew) recompressed++;
                if (images is null && size != PixelSize.Square(InriaBenchmark.TileSide)) odd.Add($"{mask.Tile}");
                Add(zip, $"{mask.Tile}.tif", bytes);
                progress?.Report(index + 1);
            }
        });

        if (odd.Count > 0) warnings.Add($"{odd.Count} of {masks.Count} masks are not 5000x5000 pixels as the contest's tiles are: {Names.Few(odd)}. Name the test images with --images to have sizes checked against them.");
        return new InriaSubmissionResult(masks.Count, recompressed, new FileInfo(path).Length, warnings);
    }

    private static (byte[] Tiff, bool IsNew, PixelSize Size) Checked(InriaFile file, string? image)
    {
        var mask = InriaMask.Read(file.Path);
        if (image is not null && InriaMask.SizeOf(image) is var size && size != mask.Size) throw InriaMask.SizesDiffer(file.Path, mask.Size, image, size);
        return mask.IsCompressedTiff ? (File.ReadAllBytes(file.Path), false, mask.Size) : (InriaTiff.Write(mask), true, mask.Size);
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = EntryTime;
        using var content = entry.Open();
        content.Write(bytes);
    }

    private IEnumerable<string> Compare(IReadOnlyList<InriaFile> masks, IReadOnlyCollection<InriaTile> images)
    {
        List<string> extra = [.. masks.Select(mask => mask.Tile).Except(images).Select(tile => $"{tile}")];
        if (extra.Count > 0) throw new BadInputException($"{Predictions}: {extra.Count} of {masks.Count} masks have no image in {Images}: {Names.Few(extra)}. Move them away.");
        List<string> missing = [.. images.Except(masks.Select(mask => mask.Tile)).Select(tile => $"{tile}")];
        if (missing.Count == 0) return [];
        var lack = $"{Predictions}: {missing.Count} of {images.Count} images of {Images} have no mask: {Names.Few(missing)}.";
        return IsPartial ? [lack] : throw new BadInputException($"{lack} Predict them, or pass --partial to pack what there is.");
    }

    private static IEnumerable<string> CompareWithContest(IReadOnlyList<InriaFile> masks)
    {
        var contest = InriaBenchmark.TestTiles().ToHashSet();
        var tiles = masks.Select(mask => mask.Tile).ToHashSet();
        List<string> missing = [.. contest.Except(tiles).Select(tile => $"{tile}")], foreign = [.. tiles.Except(contest).Select(tile => $"{tile}")];
        if (missing.Count > 0) yield return $"the contest wants {contest.Count} masks, {InriaBenchmark.TilesPerCity} of each of {string.Join(", ", InriaBenchmark.TestCities)}; {missing.Count} are not here: {Names.Few(missing)}.";
        if (foreign.Count > 0) yield return $"{foreign.Count} masks are none of the contest's test tiles: {Names.Few(foreign)}.";
    }
}
