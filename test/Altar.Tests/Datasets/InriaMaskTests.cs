using Altar.Datasets;
using Altar.Images;
using Altar.Tensors;
using BitMiracle.LibTiff.Classic;
using OpenCvSharp;

namespace Altar.Tests.Datasets;

public class InriaMaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(Compression.NONE, false)]
    [InlineData(Compression.LZW, true)]
    [InlineData(Compression.DEFLATE, true)]
    [InlineData(Compression.PACKBITS, true)]
    public void A_tiff_is_read_as_it_is_stored(Compression compression, bool isCompressed)
    {
        InriaMasks.WriteValues(At("a1.tif"), 3, [255, 0, 0, 0, 0, 255], compression);

        var mask = InriaMask.Read(At("a1.tif"));

        Assert.Equal(new PixelSize(3, 2), mask.Size);
        Assert.Equal([255, 0, 0, 0, 0, 255], mask.Pixels);
        Assert.Equal(isCompressed, mask.IsCompressedTiff);
    }

    [Fact]
    public void A_tiff_in_tiles_and_its_rewriting_in_strips_hold_the_same_pixels()
    {
        var pixels = Enumerable.Range(0, 37 * 19).Select(i => i % 5 == 0 ? (byte)255 : (byte)0).ToArray();
        InriaMasks.WriteTiled(At("a1.tif"), 37, pixels);

        var mask = InriaMask.Read(At("a1.tif"));
        File.WriteAllBytes(At("a2.tif"), InriaTiff.Write(mask));
        var again = InriaMask.Read(At("a2.tif"));

        Assert.Equal(pixels, mask.Pixels);
        Assert.Equal(pixels, again.Pixels);
        Assert.True(again.IsCompressedTiff);
    }

    [Fact]
    public void A_png_is_a_mask_too()
    {
        using (var grey = Mat.FromPixelData(1, 3, MatType.CV_8UC1, new byte[] { 255, 0, 255 })) Cv2.ImWrite(At("a1.png"), grey);

        Assert.Equal([255, 0, 255], InriaMask.Read(At("a1.png")).Pixels);
    }

    [Fact]
    public void A_value_between_is_told_with_its_place()
    {
        var pixels = new byte[20 * 2];
        pixels[20 + 13] = 128;
        InriaMasks.WriteValues(At("a1.tif"), 20, pixels);

        Refuses("a1.tif: the value 128 at column 13, row 1; masks hold 0 (no building) and 255 (building). Threshold it", "a1.tif");
    }

    [Fact]
    public void Classes_in_place_of_255_get_their_own_cure()
    {
        InriaMasks.WriteValues(At("a1.tif"), 3, [0, 1, 1]);

        Refuses("the value 1 at column 1, row 0; masks hold 0 (no building) and 255 (building). It seems to hold classes: multiply it by 255.", "a1.tif");
    }

    [Fact]
    public void Three_bands_are_refused()
    {
        InriaMasks.WriteImage(At("a1.tif"), 4, 4);
        InriaMasks.WriteImage(At("a2.png"), 4, 4);

        Refuses("a1.tif: 3 bands of 8 bits; masks have one band of 8 bits", "a1.tif");
        Refuses("a2.png: 3 bands of 8 bits", "a2.png");
    }

    [Fact]
    public void White_as_zero_is_refused()
    {
        InriaMasks.WriteValues(At("a1.tif"), 2, [0, 255], photometric: Photometric.MINISWHITE);

        Refuses("0 is stored as white", "a1.tif");
    }

    [Fact]
    public void A_file_that_is_cut_off_is_told()
    {
        InriaMasks.WriteValues(At("whole1.tif"), 64, new byte[64 * 64]);
        using (var grey = Mat.FromPixelData(64, 64, MatType.CV_8UC1, new byte[64 * 64])) Cv2.ImWrite(At("whole1.png"), grey);
        var (tiff, png) = (File.ReadAllBytes(At("whole1.tif")), File.ReadAllBytes(At("whole1.png")));
        File.WriteAllBytes(At("a1.tif"), tiff[..(tiff.Length / 2)]);
        File.WriteAllBytes(At("a1.png"), png[..(png.Length / 2)]);
        File.WriteAllText(At("a2.tif"), "no picture");
        File.WriteAllText(At("a3.tif"), "");

        Refuses("a1.tif: the TIFF is cut off or damaged", "a1.tif");
        Refuses("a1.png: the PNG is cut off", "a1.png");
        Refuses("a2.tif: no TIFF or PNG", "a2.tif");
        Refuses("a3.tif: no TIFF or PNG", "a3.tif");
    }

    private string At(string name) => _folder.Of(name);

    private void Refuses(string message, string name) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => InriaMask.Read(At(name))).Message, StringComparison.Ordinal);
}
