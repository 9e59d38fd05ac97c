using System.IO.Compression;
using Altar.Datasets;
using Altar.Reports;
using Altar.Tensors;
using Altar.Tests.Datasets;
using BitMiracle.LibTiff.Classic;

namespace Altar.Tests.Reports;

public class InriaSubmissionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Masks_are_packed_by_name_and_compressed_where_they_were_not()
    {
        InriaMasks.Write(At("pred/sfo2.tif"), "#..", "..#");
        InriaMasks.WriteValues(At("pred/sfo10.tif"), 3, [0, 255, 0, 0, 0, 0], Compression.DEFLATE);

        var result = new InriaSubmission { Predictions = At("pred") }.Write(At("s.zip"));

        Assert.Equal((2, 1), (result.Tiles, result.Recompressed));
        using var zip = ZipFile.OpenRead(At("s.zip"));
        Assert.Equal(["sfo10.tif", "sfo2.tif"], zip.Entries.Select(entry => entry.FullName));
        zip.ExtractToDirectory(At("unpacked"));
        Assert.Equal(File.ReadAllBytes(At("pred/sfo10.tif")), File.ReadAllBytes(At("unpacked/sfo10.tif")));
        var again = InriaMask.Read(At("unpacked/sfo2.tif"));
        Assert.Equal([255, 0, 0, 0, 0, 255], again.Pixels);
        Assert.True(again.IsCompressedTiff);
    }

    [Fact]
    public void The_same_masks_give_the_same_bytes()
    {
        InriaMasks.Write(At("pred/sfo1.tif"), "#..", "..#");
        var submission = new InriaSubmission { Predictions = At("pred") };
        submission.Write(At("a.zip"));
        File.SetLastWriteTimeUtc(At("pred/sfo1.tif"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        submission.Write(At("b.zip"));

        Assert.Equal(File.ReadAllBytes(At("a.zip")), File.ReadAllBytes(At("b.zip")));
    }

    [Fact]
    public void What_the_contest_would_miss_is_a_warning()
    {
        InriaMasks.Write(At("pred/sfo1.tif"), "#");
        InriaMasks.Write(At("pred/austin1.tif"), "#");

        var warnings = new InriaSubmission { Predictions = At("pred") }.Write(At("s.zip")).Warnings;

        Assert.Collection(
            warnings,
            one => Assert.Contains("180 masks, 36 of each of bellingham, bloomington, innsbruck, sfo, tyrol-e; 179 are not here: bellingham1,", one, StringComparison.Ordinal),
            one => Assert.Contains("1 masks are none of the contest's test tiles: austin1", one, StringComparison.Ordinal),
            one => Assert.Contains("2 of 2 masks are not 5000x5000", one, StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_without_a_mask_is_refused_unless_a_part_is_wanted()
    {
        InriaMasks.Write(At("pred/sfo1.tif"), "#.");
        InriaMasks.WriteImage(At("images/sfo1.tif"), 2, 1);
        InriaMasks.WriteImage(At("images/sfo2.tif"), 2, 1);
        var submission = new InriaSubmission { Predictions = At("pred"), Images = At("images") };

        Refuses("1 of 2 images of " + At("images") + " have no mask: sfo2.", submission);
        Assert.Contains("sfo2", (submission with { IsPartial = true }).Write(At("s.zip")).Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_without_an_image_is_refused()
    {
        InriaMasks.Write(At("pred/sfo1.tif"), "#.");
        InriaMasks.Write(At("pred/sfo3.tif"), "#.");
        InriaMasks.WriteImage(At("images/sfo1.tif"), 2, 1);

        Refuses("1 of 2 masks have no image in " + At("images") + ": sfo3", new InriaSubmission { Predictions = At("pred"), Images = At("images") });
    }

    [Fact]
    public void A_mask_of_another_size_than_its_image_is_refused_and_no_zip_is_left()
    {
        InriaMasks.Write(At("pred/sfo1.tif"), "#.");
        InriaMasks.WriteImage(At("images/sfo1.tif"), 2, 2);

        Refuses("sfo1.tif has 2x1 pixels", new InriaSubmission { Predictions = At("pred"), Images = At("images") });
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    private string At(string name) => _folder.In(name);

    private void Refuses(string message, InriaSubmission submission) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => submission.Write(At("s.zip"))).Message, StringComparison.Ordinal);
}
